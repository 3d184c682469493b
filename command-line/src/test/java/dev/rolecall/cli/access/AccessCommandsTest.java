package dev.rolecall.cli.access;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import dev.rolecall.cli.CommandRun;
import dev.rolecall.cli.HostileServer;
import dev.rolecall.cli.terminal.ExitStatus;
import dev.rolecall.cli.terminal.Paragraph;
import dev.rolecall.grants.v1.AccessRequest;
import dev.rolecall.grants.v1.AccessServiceGrpc;
import dev.rolecall.grants.v1.Decision;
import dev.rolecall.grants.v1.Enforcer;
import dev.rolecall.grants.v1.Event;
import dev.rolecall.grants.v1.ExtendGrantRequest;
import dev.rolecall.grants.v1.Grant;
import dev.rolecall.grants.v1.GrantStatus;
import dev.rolecall.grants.v1.GrantToken;
import dev.rolecall.grants.v1.ListAccessRequestsRequest;
import dev.rolecall.grants.v1.ListAccessRequestsResponse;
import dev.rolecall.grants.v1.ListEnforcersResponse;
import dev.rolecall.grants.v1.ListEventsRequest;
import dev.rolecall.grants.v1.ListEventsResponse;
import dev.rolecall.grants.v1.ListGrantsResponse;
import dev.rolecall.grants.v1.ListLocksResponse;
import dev.rolecall.grants.v1.ListPermissionsResponse;
import dev.rolecall.grants.v1.LockRequest;
import dev.rolecall.grants.v1.LockState;
import dev.rolecall.grants.v1.LockTarget;
import dev.rolecall.grants.v1.Permission;
import dev.rolecall.grants.v1.PostReview;
import dev.rolecall.grants.v1.RequestAccessRequest;
import dev.rolecall.grants.v1.RequestState;
import dev.rolecall.grants.v1.Review;
import dev.rolecall.grants.v1.ReviewAccessRequest;
import dev.rolecall.grants.v1.ReviewBreakGlassRequest;
import dev.rolecall.grants.v1.RevokeGrantRequest;
import dev.rolecall.grants.v1.RevokeGrantResponse;
import dev.rolecall.grants.v1.SigningKeys;
import dev.rolecall.grants.v1.Subject;
import dev.rolecall.grants.v1.WhoAmIResponse;
import dev.rolecall.testsupport.ClosedPort;
import io.grpc.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands that call an access service: what each sends, prints and ends with. */
@Timeout(120)
final class AccessCommandsTest {

  private static final Subject ANA =
      Subject.newBuilder()
          .setPrincipal("arn:aws:iam::111122223333:role/AWSReservedSSO_Engineer_0123456789abcdef")
          .setRoleId("AROAENGINEER00000001")
          .setPerson("corp/ana@example.com")
          .build();
  private static final Subject BEN = ANA.toBuilder().setPerson("corp/ben@example.com").build();

  private static final AccessRequest PENDING =
      AccessRequest.newBuilder()
          .setId("r-01")
          .setState(RequestState.PENDING)
          .setRevision(7)
          .setRequester(ANA)
          .setBeneficiary(ANA)
          .setPermission("orders-admin")
          .addResources("orders/eu")
          .setReason("INC-42")
          .setTicket("T-1")
          .setDuration(Duration.newBuilder().setSeconds(3_600))
          .setCreatedAt(Timestamp.newBuilder().setSeconds(1_800_000_000).setNanos(5_000_000))
          .setPendingUntil(Timestamp.newBuilder().setSeconds(1_800_028_800))
          .setQuorum(2)
          .addReviews(
              Review.newBuilder()
                  .setReviewer(BEN)
                  .setDecision(Decision.APPROVE)
                  .setReason("seen")
                  .setReviewedAt(Timestamp.newBuilder().setSeconds(1_800_000_060)))
          .build();

  private static final Grant GRANT =
      Grant.newBuilder()
          .setId("g-01")
          .setRequestId("r-01")
          .setState(GrantStatus.ACTIVE)
          .setRevision(9)
          .setVersion(1)
          .setHolder(ANA)
          .setPermission("orders-admin")
          .setStartsAt(Timestamp.newBuilder().setSeconds(1_800_000_000))
          .setEndsAt(Timestamp.newBuilder().setSeconds(1_800_003_600))
          .build();

  private final FakeAccessService service = FakeAccessService.start();

  @TempDir Path directory;
  private Path token;

  @BeforeEach
  void writeToken() throws IOException {
    token = Files.writeString(directory.resolve("token"), "opaque\n");
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private CommandRun at(String server, String command) {
    List<String> all = new ArrayList<>(List.of("access"));
    all.addAll(Arrays.asList(command.split(" ", -1)));
    all.addAll(List.of("--server", server, "--plaintext", "--token-file", token.toString()));
    CommandRun run = CommandRun.of(all.toArray(String[]::new));
    assertThat(run.err()).doesNotContain("a defect");
    return run;
  }

  private CommandRun run(String command) {
    return at(service.address(), command);
  }

  private <T extends Message> T asked(Class<T> type) {
    return type.cast(service.requests().get(service.requests().size() - 1));
  }

  private static void assertFits(CommandRun run) {
    // A word behind a label, such as an ARN, stays whole.
    assertThat((run.out() + run.err()).lines())
        .filteredOn(line -> !line.matches(".{0,22}\\S+"))
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(Paragraph.WIDTH));
  }

  @Test
  void request_sendsAllThatIsSaid_andPrintsTheRequest() {
    service.answer(AccessServiceGrpc.getRequestAccessMethod(), PENDING);

    CommandRun run =
        run(
            "request orders-admin --for 1h --reason INC-42 --ticket T-1 --resource orders/eu"
                + " --start 2027-03-01T08:00:00Z --idempotency-key k1 --validate-only"
                + " --beneficiary corp/ana@example.com --beneficiary-permission-set Engineer"
                + " --break-glass");

    assertThat(run.status()).isEqualTo(ExitStatus.YES);
    assertThat(asked(RequestAccessRequest.class))
        .isEqualTo(
            RequestAccessRequest.newBuilder()
                .setPermission("orders-admin")
                .setDuration(Duration.newBuilder().setSeconds(3_600))
                .setReason("INC-42")
                .setTicket("T-1")
                .addResources("orders/eu")
                .setStartsAt(Timestamp.newBuilder().setSeconds(1_803_888_000))
                .setIdempotencyKey("k1")
                .setValidateOnly(true)
                .setBeneficiary("corp/ana@example.com")
                .setBeneficiaryPermissionSet("Engineer")
                .setBreakGlass(true)
                .build());
    assertThat(run.out())
        .contains(
            "request r-01  PENDING\n",
            "  permission    orders-admin\n",
            "  duration      PT1H\n",
            "  asked         2027-01-15T08:00:00Z\n",
            "  votes         1 of 2\n",
            "  approve       corp/ben@example.com, 2027-01-15T08:01:00Z: seen\n",
            "  revision      7\n");
  }

  @Test
  void request_asJson_isOneObjectOfNumbersAndRfc3339Times() {
    service.answer(AccessServiceGrpc.getRequestAccessMethod(), PENDING);

    assertThat(run("request orders-admin --for PT1H --reason x --json").out())
        .startsWith("{\"id\":\"r-01\",\"state\":\"PENDING\",\"revision\":7,\"requester\":{")
        .contains(
            "\"beneficiary\":{\"principal\":\"arn:aws:iam::111122223333:role/AWSReservedSSO_",
            "\"person\":\"corp/ana@example.com\"",
            "\"resources\":[\"orders/eu\"]",
            "\"duration\":\"PT1H\"",
            "\"createdAt\":\"2027-01-15T08:00:00.005Z\"",
            "\"pendingUntil\":\"2027-01-15T16:00:00Z\"",
            "\"quorum\":2",
            "\"decision\":\"APPROVE\"")
        .doesNotContain("startsAt", "grantId")
        .hasLineCount(1);
  }

  @ParameterizedTest
  @CsvSource({"APPROVED,0", "DENIED,1", "CANCELLED,1", "LAPSED,1"})
  void request_waiting_endsWithTheDecision(RequestState state, int status) {
    AccessRequest decided = PENDING.toBuilder().setState(state).setRevision(8).build();
    service.answer(AccessServiceGrpc.getRequestAccessMethod(), PENDING);
    service.on(
        AccessServiceGrpc.getWatchAccessRequestsMethod(),
        (which, to) -> {
          to.onNext(decided.toBuilder().setId("r-00").build());
          to.onNext(PENDING);
          to.onNext(decided);
        });

    CommandRun run = run("request orders-admin --for 1h --reason x --wait");

    assertThat(run.status()).isEqualTo(status);
    assertThat(run.err()).contains("request r-01 is PENDING; waiting for its decision");
    assertThat(run.out()).contains("request r-01  " + state).doesNotContain("r-00");
  }

  @Test
  void request_waitingThroughAnOutage_goesOn() {
    AtomicInteger watches = new AtomicInteger();
    service.answer(AccessServiceGrpc.getRequestAccessMethod(), PENDING);
    service.on(
        AccessServiceGrpc.getWatchAccessRequestsMethod(),
        (which, to) -> {
          to.onNext(PENDING);
          if (watches.incrementAndGet() == 1) {
            to.onError(Status.UNAVAILABLE.asException());
            return;
          }
          to.onNext(PENDING.toBuilder().setState(RequestState.APPROVED).setRevision(8).build());
        });

    CommandRun run = run("request orders-admin --for 1h --reason x --wait --json");

    assertThat(run.status()).isEqualTo(ExitStatus.YES);
    assertThat(run.err()).contains("the service does not answer; trying again in 1 s");
    assertThat(run.out()).hasLineCount(1).contains("\"state\":\"APPROVED\"");
  }

  @Test
  void request_waitingWhenInterrupted_endsAndCancelsItsCall() throws Exception {
    service.answer(AccessServiceGrpc.getRequestAccessMethod(), PENDING);
    service.on(AccessServiceGrpc.getWatchAccessRequestsMethod(), (which, to) -> to.onNext(PENDING));
    AtomicReference<@Nullable CommandRun> ended = new AtomicReference<>();
    Thread command =
        new Thread(() -> ended.set(run("request orders-admin --for 1h --reason x --wait")));
    command.start();
    await().atMost(30, SECONDS).until(() -> service.requests().size() == 2);

    command.interrupt();
    command.join(30_000);

    CommandRun run = requireNonNull(ended.get(), "the run");
    assertThat(run.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
    assertThat(run.err())
        .contains("no longer waiting: request r-01 stays as it is")
        .doesNotContain("CANCELLED");
  }

  @Test
  void watch_printsEachChangeOnce_andEndsWhenRefused() {
    service.answer(AccessServiceGrpc.getWhoAmIMethod(), WhoAmIResponse.getDefaultInstance());
    service.on(
        AccessServiceGrpc.getWatchAccessRequestsMethod(),
        (which, to) -> {
          to.onNext(PENDING);
          to.onNext(PENDING);
          to.onNext(PENDING.toBuilder().setRevision(3).build());
          to.onNext(PENDING.toBuilder().setState(RequestState.DENIED).setRevision(8).build());
          to.onError(Status.PERMISSION_DENIED.withDescription("no longer").asException());
        });

    CommandRun json = run("watch --json --reviewable");
    CommandRun text = run("watch");

    assertThat(json.status()).isEqualTo(ExitStatus.NO);
    assertThat(json.err()).contains("no longer");
    assertThat(json.out().lines())
        .satisfiesExactly(
            line -> assertThat(line).contains("\"state\":\"PENDING\""),
            line -> assertThat(line).contains("\"state\":\"DENIED\""));
    assertThat(text.out())
        .isEqualTo(
            """
            PENDING r-01 orders-admin for corp/ana@example.com 1 of 2 votes
            DENIED r-01 orders-admin for corp/ana@example.com 1 of 2 votes
            """);
  }

  @Test
  void watch_whenInterrupted_endsCleanlyAndCancelsItsCall() throws Exception {
    service.answer(AccessServiceGrpc.getWhoAmIMethod(), WhoAmIResponse.getDefaultInstance());
    service.on(AccessServiceGrpc.getWatchAccessRequestsMethod(), (which, to) -> {});
    AtomicReference<@Nullable CommandRun> ended = new AtomicReference<>();
    Thread command = new Thread(() -> ended.set(run("watch")));
    command.start();
    await().atMost(30, SECONDS).until(() -> service.requests().size() == 2);

    command.interrupt();
    command.join(30_000);

    assertThat(ended.get()).isEqualTo(new CommandRun(ExitStatus.YES, "", ""));
    await().atMost(30, SECONDS).until(service::isLastCallCancelled);
  }

  @Test
  void watch_ofAServiceThatIsAway_couldNotTell() {
    CommandRun run = at("127.0.0.1:" + ClosedPort.any(), "watch");

    assertThat(run.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
    assertThat(run.err()).contains("nothing listens at").doesNotContain("trying again");
  }

  @Test
  void list_readsAllPagesUpToTheLimit() {
    service.on(
        AccessServiceGrpc.getListAccessRequestsMethod(),
        (question, to) -> {
          boolean isFirst = question.getPageToken().isEmpty();
          to.onNext(
              ListAccessRequestsResponse.newBuilder()
                  .addRequests(PENDING.toBuilder().setId(isFirst ? "r-01" : "r-02"))
                  .setNextPageToken(isFirst ? "next" : "more")
                  .build());
          to.onCompleted();
        });

    CommandRun run =
        run("list --state pending --state lapsed --mine --permission orders-admin --limit 2");

    assertThat(run.status()).isEqualTo(ExitStatus.YES);
    assertThat(run.out()).contains("id    state    permission", "r-01  PENDING", "r-02  PENDING");
    assertThat(run.err()).isEqualTo("there are more than 2: see --limit\n");
    assertThat(asked(ListAccessRequestsRequest.class))
        .isEqualTo(
            ListAccessRequestsRequest.newBuilder()
                .addStates(RequestState.PENDING)
                .addStates(RequestState.LAPSED)
                .setMine(true)
                .setPermission("orders-admin")
                .setPageSize(1)
                .setPageToken("next")
                .build());
    assertFits(run);
  }

  @Test
  void list_ofAServiceThatTurnsInACircle_ends() {
    service.answer(
        AccessServiceGrpc.getListAccessRequestsMethod(),
        ListAccessRequestsResponse.newBuilder().setNextPageToken("again").build());

    CommandRun run = run("list");

    assertThat(run.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
    assertThat(run.err()).contains("the page that it gave");
  }

  @Test
  void review_sendsTheVote_withTheRevisionThatWasRead() {
    service.answer(AccessServiceGrpc.getReviewAccessMethod(), PENDING);

    assertThat(
            run("review r-01 --approve --reason seen --for 30m --resource orders/eu --revision 7")
                .status())
        .isEqualTo(ExitStatus.YES);
    assertThat(asked(ReviewAccessRequest.class))
        .isEqualTo(
            ReviewAccessRequest.newBuilder()
                .setId("r-01")
                .setDecision(Decision.APPROVE)
                .setReason("seen")
                .setExpectedRevision(7)
                .setDuration(Duration.newBuilder().setSeconds(1_800))
                .addResources("orders/eu")
                .build());

    run("review r-01 --deny --reason no");
    assertThat(asked(ReviewAccessRequest.class).getDecision()).isEqualTo(Decision.DENY);
    assertThat(asked(ReviewAccessRequest.class).hasDuration()).isFalse();
  }

  @Test
  void grants_extend_token_andPostReview_sendAndPrint() {
    service.answer(AccessServiceGrpc.getGetGrantMethod(), GRANT);
    service.answer(
        AccessServiceGrpc.getListGrantsMethod(),
        ListGrantsResponse.newBuilder().addGrants(GRANT).build());
    service.answer(
        AccessServiceGrpc.getExtendGrantMethod(), PENDING.toBuilder().setExtension(true).build());
    service.answer(
        AccessServiceGrpc.getReviewBreakGlassMethod(),
        GRANT.toBuilder().setPostReview(PostReview.FLAGGED).build());
    service.answer(
        AccessServiceGrpc.getIssueGrantTokenMethod(),
        GrantToken.newBuilder()
            .setToken("a.b.c")
            .setExpiresAt(Timestamp.newBuilder().setSeconds(1_800_000_300))
            .build());

    CommandRun list = run("grants --state active --mine");
    assertThat(list.out()).contains("g-01  ACTIVE  orders-admin", "2027-01-15T09:00:00Z");
    assertFits(list);
    assertThat(run("grants g-01").out()).contains("grant g-01  ACTIVE\n", "  until         2027-");
    assertThat(run("grants g-01 --json").out())
        .startsWith("{\"id\":\"g-01\",\"state\":\"ACTIVE\",\"revision\":9,\"version\":1,")
        .contains("\"endsAt\":\"2027-01-15T09:00:00Z\"");
    assertThat(run("extend g-01 --for 2h --reason more").out()).contains("extension r-01  PENDING");
    assertThat(asked(ExtendGrantRequest.class).getDuration().getSeconds()).isEqualTo(7_200);
    CommandRun flagged = run("review-break-glass g-01 --flag --reason no");
    assertThat(flagged.out()).contains("FLAGGED");
    assertThat(flagged.err()).contains("rolecall access lock");
    assertThat(asked(ReviewBreakGlassRequest.class).getDecision()).isEqualTo(PostReview.FLAGGED);
    CommandRun issued = run("token g-01");
    assertThat(issued.out()).isEqualTo("a.b.c\n");
    assertThat(issued.err()).contains("until 2027-01-15T08:05:00Z").doesNotContain("a.b.c");
  }

  @Test
  void token_ofAServerThatIsHostile_isNotPrinted() {
    service.answer(
        AccessServiceGrpc.getIssueGrantTokenMethod(),
        GrantToken.newBuilder().setToken("a.b.\u001b[2Jc").build());

    CommandRun issued = run("token g-01");

    assertThat(issued.status()).isEqualTo(2);
    assertThat(issued.out() + issued.err()).contains("no token").doesNotContain("\u001b");
  }

  @ParameterizedTest
  @CsvSource({"'',0", "node-3,2"})
  void revoke_waiting_endsWithWhetherAllHaveConfirmed(String unconfirmed, int status) {
    RevokeGrantResponse.Builder answer =
        RevokeGrantResponse.newBuilder()
            .setGrant(GRANT.toBuilder().setState(GrantStatus.REVOKED))
            .setStreamsEnded(4);
    if (!unconfirmed.isEmpty()) {
      answer.addUnconfirmed(unconfirmed);
    }
    service.answer(AccessServiceGrpc.getRevokeGrantMethod(), answer.build());

    CommandRun waited = run("revoke g-01 --reason done --wait");

    assertThat(waited.status()).isEqualTo(status);
    assertThat(waited.out()).contains("g-01  REVOKED", "enforcers have ended 4 streams");
    assertThat(waited.out().contains("not confirmed by node-3")).isEqualTo(status == 2);
    assertThat(asked(RevokeGrantRequest.class).getWait().getSeconds()).isEqualTo(10);
    assertThat(run("revoke g-01 --reason done").status()).isEqualTo(ExitStatus.YES);
    assertThat(asked(RevokeGrantRequest.class).hasWait()).isFalse();
    assertThat(run("revoke g-01 --reason done --wait --json --timeout 4").out())
        .contains("\"state\":\"REVOKED\"", "\"unconfirmed\":[", "\"streamsEnded\":4");
    assertThat(asked(RevokeGrantRequest.class).getWait().getSeconds()).isEqualTo(2);
  }

  @Test
  void lock_namesItsTarget_andSaysWhomItHits() {
    LockState lock =
        LockState.newBuilder()
            .setId("l-01")
            .setRevision(11)
            .setTarget(LockTarget.newBuilder().setPerson("corp/ana@example.com"))
            .setReason("left")
            .setLockedBy(BEN)
            .addAlsoHits("callers of the role Engineer that bring web identity tokens")
            .build();
    service.answer(AccessServiceGrpc.getLockMethod(), lock);
    service.answer(AccessServiceGrpc.getUnlockMethod(), lock.toBuilder().setUnlocked(true).build());
    service.answer(
        AccessServiceGrpc.getListLocksMethod(),
        ListLocksResponse.newBuilder().addLocks(lock).build());

    CommandRun run =
        run("lock --person corp/ana@example.com --reason left --until 2027-03-01T00:00:00Z");
    assertThat(run.out())
        .contains("lock l-01  LOCKED", "  also hits     callers of the role Engineer that");
    assertFits(run);
    assertThat(asked(LockRequest.class).getUntil().getSeconds()).isEqualTo(1_803_859_200);
    run(
        "lock --role arn:aws:iam::111122223333:role/batch --role-id AROAENGINEER00000001 --reason x");
    assertThat(asked(LockRequest.class).getTarget())
        .isEqualTo(
            LockTarget.newBuilder()
                .setRoleArn("arn:aws:iam::111122223333:role/batch")
                .setRoleId("AROAENGINEER00000001")
                .build());
    run("lock --access-key ASIAEXAMPLE --role arn:aws:iam::111122223333:role/batch --reason x");
    assertThat(asked(LockRequest.class).getTarget().getAccessKeyId()).isEqualTo("ASIAEXAMPLE");
    assertThat(run("unlock l-01 --reason back").out()).contains("lock l-01  UNLOCKED");
    assertThat(run("locks").out()).contains("l-01  corp/ana@example.com  unlocked");
    assertThat(run("locks --json").out())
        .startsWith("[{\"id\":\"l-01\",\"state\":\"LOCKED\",\"revision\":11,");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " --person corp/a --role arn:aws:iam::111122223333:role/batch",
        " --role arn:aws:iam::111122223333:role/batch",
        " --role-id AROAENGINEER00000001",
        " --access-key ASIAEXAMPLE",
        " --person corp/a --access-key ASIAEXAMPLE",
        " --access-key A --role-id AROAENGINEER00000001 --role arn:aws:iam::111122223333:role/a"
      })
  void lock_ofNoOneTarget_isWrongUsage(String target) {
    CommandRun run = run("lock --reason x" + target);

    assertThat(run.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
    assertThat(run.err()).contains("what to lock (expected: --person, or --role with --role-id");
    assertThat(service.requests()).isEmpty();
  }

  @Test
  void whoami_permissions_events_andEnforcers_print() {
    service.answer(
        AccessServiceGrpc.getWhoAmIMethod(),
        WhoAmIResponse.newBuilder().setCaller(ANA).setAdmin(true).setLocked(true).build());
    service.answer(
        AccessServiceGrpc.getListPermissionsMethod(),
        ListPermissionsResponse.newBuilder()
            .addPermissions(
                Permission.newBuilder()
                    .setName("orders-admin")
                    .setMayRequest(true)
                    .setQuorum(2)
                    .setReasonRequired(true)
                    .setMaxDuration(Duration.newBuilder().setSeconds(14_400)))
            .build());
    service.answer(
        AccessServiceGrpc.getListEventsMethod(),
        ListEventsResponse.newBuilder()
            .addEvents(
                Event.newBuilder()
                    .setRevision(7)
                    .setKind("request.created")
                    .setRef("r-01")
                    .setActor(ANA)
                    .setAt(Timestamp.newBuilder().setSeconds(1_800_000_000))
                    .setBody("{}"))
            .build());
    service.answer(
        AccessServiceGrpc.getListEnforcersMethod(),
        ListEnforcersResponse.newBuilder()
            .setRevision(12)
            .addEnforcers(
                Enforcer.newBuilder()
                    .setNode("orders-1")
                    .setConnected(true)
                    .setAcknowledgedRevision(11)
                    .setCaller(
                        Subject.newBuilder().setPrincipal("arn:aws:iam::111122223333:role/orders")))
            .build());

    assertThat(run("whoami").out())
        .contains("  person        corp/ana@example.com\n", "  also          admin, locked\n");
    assertThat(run("whoami --json").out())
        .contains("\"admin\":true,\"enforcer\":false,\"locked\":true");
    assertThat(run("permissions").out())
        .isEqualTo(
            """
            orders-admin
              you may       request
              for at most   PT4H
              votes         2
              needs         reason
            """);
    CommandRun events = run("events --after 6 --ref r-01 --permission orders-admin");
    assertThat(events.out())
        .contains("2027-01-15T08:00:00Z  request.created  r-01   corp/ana@example.com");
    assertFits(events);
    assertThat(run("events --json").out()).startsWith("[{\"revision\":7,\"kind\":\"request.");
    CommandRun enforcers = run("enforcers");
    assertThat(enforcers.out()).contains("newest revision 12\n", "orders-1  yes        11");
    assertFits(enforcers);
  }

  @Test
  void events_searched_askForAllThatIsStated() {
    service.answer(
        AccessServiceGrpc.getListEventsMethod(), ListEventsResponse.getDefaultInstance());
    Instant before = Clock.systemUTC().instant();

    CommandRun run =
        run(
            "events --who Ana% --kind grant. --text OPS_1 --from 24h"
                + " --until 2027-03-01T08:00:00Z --newest-first");

    assertThat(run.out()).isEqualTo("no events\n");
    ListEventsRequest asked = asked(ListEventsRequest.class);
    assertThat(Instant.ofEpochSecond(asked.getFrom().getSeconds()))
        .isBetween(
            before.minus(24, ChronoUnit.HOURS).minusSeconds(1),
            Clock.systemUTC().instant().minus(24, ChronoUnit.HOURS));
    assertThat(asked.toBuilder().clearFrom().setPageSize(0).build())
        .isEqualTo(
            ListEventsRequest.newBuilder()
                .setWho("Ana%")
                .setKind("grant.")
                .setText("OPS_1")
                .setUntil(Timestamp.newBuilder().setSeconds(1_803_888_000))
                .setNewestFirst(true)
                .build());
    run("events --until P1M");
    assertThat(asked(ListEventsRequest.class).getUntil().getSeconds())
        .isLessThan(before.minus(27, ChronoUnit.DAYS).getEpochSecond());
    assertThat(run("events --from yesterday").err()).contains("yesterday (expected:");
  }

  @ParameterizedTest
  @CsvSource({
    "PERMISSION_DENIED,1,refused:",
    "FAILED_PRECONDITION,1,refused:",
    "INVALID_ARGUMENT,1,refused:",
    "NOT_FOUND,1,refused:",
    "ALREADY_EXISTS,1,refused:",
    "ABORTED,1,refused:",
    "UNAVAILABLE,2,could not tell:",
    "RESOURCE_EXHAUSTED,2,could not tell:",
    "INTERNAL,2,could not tell:",
    "DEADLINE_EXCEEDED,2,could not tell:",
  })
  void failure_ofTheService_isToldInItsWords(Status.Code code, int status, String verdict) {
    service.fail(
        AccessServiceGrpc.getReviewAccessMethod(),
        FakeAccessService.failure(
            code,
            "REVIEWER_GAINS",
            "ana@example.com asked for it (expected: another reviewer)",
            Map.of("request", "r-01")));

    CommandRun run = run("review r-01 --approve --reason x");

    assertThat(run.status()).isEqualTo(status);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .isEqualTo(
            "rolecall: "
                + verdict
                + " ana@example.com asked for it (expected: another reviewer)\n"
                + "  reason    REVIEWER_GAINS ("
                + code
                + ")\n  request   r-01\n");
  }

  @Test
  void failure_ofTheRules_namesTheCallerAndTheNextStep() {
    service.fail(
        AccessServiceGrpc.getLockMethod(),
        FakeAccessService.failure(
            Status.Code.PERMISSION_DENIED,
            "METHOD_NOT_ALLOWED",
            "METHOD_NOT_ALLOWED: the policy does not allow it",
            Map.of("role", "arn:aws:iam::111122223333:role/batch")));

    CommandRun run = run("lock --person corp/ana --reason x");

    assertThat(run.status()).isEqualTo(ExitStatus.NO);
    assertThat(run.err())
        .contains("PERMISSION_DENIED (METHOD_NOT_ALLOWED)", "  caller    arn:aws:iam::")
        .doesNotContain("policy explain");
    assertThat(run.errUnbroken()).contains("'rolecall access whoami'");
  }

  @Test
  void failure_ofTheGuardOrTheConnection_isToldAsOfAnyCall() {
    service.fail(
        AccessServiceGrpc.getGetAccessRequestMethod(),
        FakeAccessService.failure(
            Status.Code.UNAUTHENTICATED, "AUDIENCE_MISMATCH", "another audience", Map.of()));

    CommandRun refused = run("show r-01");
    CommandRun away = at("127.0.0.1:" + ClosedPort.any(), "show r-01");

    assertThat(refused.status()).isEqualTo(ExitStatus.NO);
    assertThat(refused.err()).contains("(AUDIENCE_MISMATCH)", "  audience  access", "  -> ");
    assertThat(away.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
    assertThat(away.err()).contains("UNAVAILABLE", "nothing listens at");
  }

  /** A requester writes the reason, and the reviewer's terminal shows it. */
  @Test
  void hostileText_isShown_andCannotLookLikeAField() {
    String evil = HostileServer.EVIL;
    Subject hostile =
        Subject.newBuilder().setPrincipal("p" + evil).setPerson("corp/" + evil).build();
    AccessRequest request =
        PENDING.toBuilder()
            .setId("r" + evil)
            .setPermission("p" + evil)
            .setRequester(hostile)
            .setBeneficiary(hostile)
            .setTicket(evil)
            .setReason(
                evil + "\n  votes         2 of 2\nrequest r-01  APPROVED\n" + "a".repeat(1_500))
            .setCreatedAt(Timestamp.newBuilder().setSeconds(Long.MAX_VALUE))
            .setDuration(Duration.newBuilder().setSeconds(Long.MAX_VALUE).setNanos(-1))
            .build();
    service.answer(AccessServiceGrpc.getGetAccessRequestMethod(), request);
    service.answer(
        AccessServiceGrpc.getListAccessRequestsMethod(),
        ListAccessRequestsResponse.newBuilder().addRequests(request).build());
    service.fail(
        AccessServiceGrpc.getCancelAccessRequestMethod(),
        FakeAccessService.failure(
            Status.Code.NOT_FOUND, evil, "no\n" + evil, Map.of(evil, evil + "\n" + evil)));

    CommandRun shown = run("show r-01");
    assertShown(shown);
    assertThat(shown.out().lines())
        .noneMatch(line -> line.matches("  votes +2 of 2"))
        .noneMatch(line -> line.equals("request r-01  APPROVED"))
        .anyMatch(line -> line.equals("  votes         1 of 2"));
    assertThat(shown.out()).contains("a".repeat(1_500));
    CommandRun json = run("show r-01 --json");
    assertShown(json);
    assertThat(json.out()).hasLineCount(1).contains("APPROVED\\n");
    assertShown(run("list"));
    assertShown(run("cancel r-01"));
  }

  @Test
  void keys_areOneSetOnOneLine_andNothingElseIs() {
    SigningKeys.Builder keys = SigningKeys.newBuilder();
    keys.addKeysBuilder().setPublicJwk("{\"kty\":\"EC\",\n \"kid\":\"a\"}");
    keys.addKeysBuilder().setPublicJwk("{\"kty\":\"RSA\",\"kid\":\"b\"}");
    service.answer(AccessServiceGrpc.getGetSigningKeysMethod(), keys.build());
    CommandRun good = run("keys");
    keys.addKeysBuilder().setPublicJwk("]}\nkeys");
    service.answer(AccessServiceGrpc.getGetSigningKeysMethod(), keys.build());
    CommandRun bad = run("keys");

    assertThat(good.out())
        .isEqualTo("{\"keys\":[{\"kty\":\"EC\",\"kid\":\"a\"},{\"kty\":\"RSA\",\"kid\":\"b\"}]}\n");
    assertThat(bad.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
    assertThat(bad.out()).isEmpty();
    assertThat(bad.err()).contains("no key set");
  }

  private static void assertShown(CommandRun run) {
    String all = run.out() + run.err();
    assertThat(all.chars().filter(c -> c != '\n'))
        .as(all)
        .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT)
        .noneMatch(c -> c == 0x2028 || c == 0x2029);
    assertThat(all).containsIgnoringCase("\\u001b");
    assertThat(all.lines()).noneMatch(line -> line.equals("rolecall: all is well"));
  }

  @ParameterizedTest
  @CsvSource({
    "request orders-admin --for 1x --reason x, 1x (expected: as PT5S",
    "request orders-admin --for 1h --reason x --start never, never (expected:",
    "request orders-admin --for 1h --reason x --wait --validate-only, --wait and --validate-only",
    "review r-01 --reason x, --approve",
    "review r-01 --approve --deny --reason x, mutually exclusive",
    "list --limit 0, --limit: 0 (expected: at least 1)",
    "list --timeout 0, --timeout: 0 (expected: at least 1 second)",
    "list --state gone, gone",
  })
  void usage_wrong_isSaidBeforeAnythingIsSent(String command, String complaint) {
    CommandRun run = run(command);

    assertThat(run.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
    assertThat(run.err()).contains(complaint);
    assertThat(service.requests()).isEmpty();
  }
}
