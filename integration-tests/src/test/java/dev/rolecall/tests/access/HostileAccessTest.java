package dev.rolecall.tests.access;

import static dev.rolecall.tests.access.AccessBench.ENGINEER;
import static dev.rolecall.tests.access.AccessBench.LEAD;
import static dev.rolecall.tests.access.AccessBench.ROLE;
import static dev.rolecall.tests.access.Person.minutes;
import static dev.rolecall.tests.access.Person.ordersAdmin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.rolecall.grants.v1.AccessRequest;
import dev.rolecall.grants.v1.Event;
import dev.rolecall.grants.v1.GetAccessRequestRequest;
import dev.rolecall.grants.v1.IssueGrantTokenRequest;
import dev.rolecall.grants.v1.ListEventsRequest;
import dev.rolecall.grants.v1.LockRequest;
import dev.rolecall.grants.v1.LockTarget;
import dev.rolecall.grants.v1.RequestState;
import dev.rolecall.grants.v1.ValidateAccessRequest;
import dev.rolecall.stsemulator.EmulatedPrincipal;
import dev.rolecall.tests.fixture.Bench;
import dev.rolecall.tests.fixture.SeenRefusal;
import io.grpc.Status.Code;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Callers with real proofs who mean no good: each is refused with a clear reason, and the store is
 * as it was.
 */
final class HostileAccessTest {

  private static final int LONGEST = 2_000;
  private static final String MARKUP =
      "<script>alert(1)</script> & <@U123> `rm -rf` {{7*7}} ${jndi:x} ' or 1=1 -- \u202e\u00e9\n\t";
  private static final String IMPOSTOR_ID = "AROAIMPOSTOR00000001";

  @RegisterExtension final Bench bench = new Bench();
  @TempDir private Path folder;

  private AccessBench access;
  private Person ana;
  private Person ben;
  private Person eve;
  private Person batch;
  private Person enforcer;

  /** Asked for by Ana, with Ben's vote; another vote would decide it. */
  private AccessRequest open;

  /** The same request before that vote. */
  private AccessRequest asked;

  /** Ana's request for more of her grant. */
  private AccessRequest extension;

  /** Ana's request for a region, which Eve may not review. */
  private AccessRequest hidden;

  /** Ana's grant. */
  private String grant;

  @BeforeEach
  void start() throws Exception {
    access = AccessBench.start(bench, folder);
    ana = access.person(ENGINEER, "ana@example.com");
    ben = access.person(LEAD, "ben@example.com");
    eve = access.person(ENGINEER, "eve@example.com");
    batch = access.role(ROLE + "batch");
    enforcer = access.role(AccessBench.ENFORCER);
    AccessRequest first = ana.ask(ordersAdmin());
    ben.approve(first);
    grant = access.person(LEAD, "cid@example.com").approve(first).getGrantId();
    extension = ana.extend(grant, 180);
    hidden =
        ana.ask(
            ordersAdmin()
                .setPermission("region-admin")
                .setDuration(minutes(30))
                .addResources("orders/eu"));
    asked = ana.ask(ordersAdmin().setReason("INC-43").setIdempotencyKey("key-1"));
    open = ben.approve(asked);
    assertThat(open.getState()).isEqualTo(RequestState.PENDING);
  }

  /** A call that must be refused. */
  private record Attack(String name, Code code, String reason, ThrowingCallable call) {}

  @TestFactory
  Stream<DynamicTest> attack_isRefusedWithItsReason_andChangesNothing() {
    return Stream.of(texts(), idsOfOthers(), keysAndRevisions(), votes(), roles())
        .flatMap(attacks -> attacks)
        .map(attack -> dynamicTest(attack.name(), () -> assertThatIsRefused(attack)));
  }

  private void assertThatIsRefused(Attack attack) {
    StoredState before = access.stored();

    Throwable thrown = catchThrowable(attack.call());

    assertThat(thrown).as("what refuses " + attack.name()).isNotNull();
    SeenRefusal refused = SeenRefusal.of(thrown);
    assertThat(refused.code()).as(refused.toString()).isEqualTo(attack.code());
    assertThat(refused.reason()).isEqualTo(attack.reason());
    assertThat(refused.domain()).isEqualTo("rolecall.dev");
    // A plain sentence, whatever the caller wrote.
    assertThat(refused.description()).matches("[ -~]+").doesNotContain("<script>");
    assertThat(access.stored()).isEqualTo(before);
  }

  private Stream<Attack> texts() {
    return Stream.of("a\u0000b", "a\u001b[31mb", "a\r\nb", "a\u0085b", "x".repeat(LONGEST + 1))
        .map(
            text ->
                new Attack(
                    "a reason with a control character, or too long",
                    Code.INVALID_ARGUMENT,
                    "ARGUMENT_INVALID",
                    () -> ana.ask(ordersAdmin().setReason(text))));
  }

  private Stream<Attack> idsOfOthers() {
    return Stream.of(
        new Attack(
            "a request by an id that is a query",
            Code.NOT_FOUND,
            "REQUEST_NOT_FOUND",
            () -> eve.service().getAccessRequest(get("x' or 1=1 --"))),
        new Attack(
            "another's request is read",
            Code.NOT_FOUND,
            "REQUEST_NOT_FOUND",
            () -> eve.service().getAccessRequest(get(hidden.getId()))),
        new Attack(
            "another's request is voted on",
            Code.NOT_FOUND,
            "REQUEST_NOT_FOUND",
            () -> eve.approve(hidden)),
        new Attack(
            "another's request is taken back",
            Code.PERMISSION_DENIED,
            "NOT_THE_REQUESTER",
            () -> eve.cancel(open)),
        new Attack(
            "another's grant is extended",
            Code.PERMISSION_DENIED,
            "NOT_THE_HOLDER",
            () -> eve.extend(grant, 180)),
        new Attack(
            "an absent grant is revoked",
            Code.NOT_FOUND,
            "GRANT_NOT_FOUND",
            () -> eve.revoke("../" + grant)),
        new Attack(
            "a token of another's grant",
            Code.UNIMPLEMENTED,
            "TOKENS_NOT_OFFERED",
            () ->
                eve.service()
                    .issueGrantToken(
                        IssueGrantTokenRequest.newBuilder().setGrantId(grant).build())));
  }

  private Stream<Attack> keysAndRevisions() {
    return Stream.of(
        new Attack(
            "the key of a request, with another time",
            Code.ALREADY_EXISTS,
            "IDEMPOTENCY_KEY_USED",
            () ->
                ana.ask(
                    ordersAdmin()
                        .setReason("INC-43")
                        .setIdempotencyKey("key-1")
                        .setDuration(minutes(240)))),
        new Attack(
            "a vote on the revision before",
            Code.FAILED_PRECONDITION,
            "REVISION_MISMATCH",
            () -> eve.review(open, asked.getRevision())),
        new Attack(
            "a vote on a revision to come",
            Code.FAILED_PRECONDITION,
            "REVISION_MISMATCH",
            () -> eve.review(open, open.getRevision() + 1)),
        new Attack(
            "a vote on no revision",
            Code.INVALID_ARGUMENT,
            "ARGUMENT_INVALID",
            () -> eve.review(open, -1)));
  }

  private Stream<Attack> votes() {
    Person benAsEngineer = access.person(ENGINEER, "BEN@example.com");
    Person anaAsLead = access.person(LEAD, "Ana@example.com");
    return Stream.of(
        new Attack(
            "a second vote, by another role",
            Code.FAILED_PRECONDITION,
            "ALREADY_REVIEWED",
            () -> benAsEngineer.approve(open)),
        new Attack(
            "her own request", Code.PERMISSION_DENIED, "OWN_REQUEST", () -> ana.approve(open)),
        new Attack(
            "her own request, by another permission set",
            Code.PERMISSION_DENIED,
            "OWN_REQUEST",
            () -> anaAsLead.approve(open)),
        new Attack(
            "her own extension, by another permission set",
            Code.PERMISSION_DENIED,
            "OWN_REQUEST",
            () -> anaAsLead.approve(extension)));
  }

  private Stream<Attack> roles() {
    Person sessionOfAName =
        access.caller(
            EmulatedPrincipal.builder(ROLE + "batch").sessionName("cid@example.com").build());
    LockRequest lock =
        LockRequest.newBuilder()
            .setTarget(LockTarget.newBuilder().setPerson("corp/ben@example.com"))
            .setReason("x")
            .build();
    return Stream.of(
        stranger("an enforcer votes", () -> enforcer.approve(open)),
        stranger("an enforcer asks", () -> enforcer.ask(ordersAdmin())),
        stranger("a role of no rule votes", () -> batch.approve(open)),
        stranger("another role's session of a reviewer's name", () -> sessionOfAName.approve(open)),
        stranger("a reviewer locks", () -> ben.service().lock(lock)),
        stranger(
            "a person asks as an enforcer",
            () -> ben.service().validateAccess(ValidateAccessRequest.getDefaultInstance())),
        stranger(
            "a person reads the events",
            () -> ana.service().listEvents(ListEventsRequest.getDefaultInstance())));
  }

  private static Attack stranger(String name, ThrowingCallable call) {
    return new Attack(name, Code.PERMISSION_DENIED, "METHOD_NOT_ALLOWED", call);
  }

  @Test
  void role_madeAnewUnderTheNameOfAReviewersRole_mayDoNothing() {
    bench.sts().remove(LEAD.roleArn());
    Person impostor = access.person(LEAD.withRoleId(IMPOSTOR_ID), "cid@example.com");

    // No person, so neither thing is the impostor's to see.
    assertThatIsRefused(
        new Attack("a vote", Code.NOT_FOUND, "REQUEST_NOT_FOUND", () -> impostor.approve(open)));
    assertThatIsRefused(
        new Attack(
            "a revocation", Code.NOT_FOUND, "GRANT_NOT_FOUND", () -> impostor.revoke(grant)));
  }

  @Test
  void markup_ofTheGreatestLength_staysText() {
    String reason = MARKUP.strip() + "\n" + "x".repeat(LONGEST - MARKUP.strip().length() - 1);

    AccessRequest hostile = eve.ask(ordersAdmin().setReason(reason));

    assertThat(ben.service().getAccessRequest(get(hostile.getId())).getReason()).isEqualTo(reason);
    Event event =
        access
            .role(AccessBench.ADMIN)
            .service()
            .listEvents(ListEventsRequest.newBuilder().setRef(hostile.getId()).build())
            .getEvents(0);
    assertThat(event.getBody()).contains("script").doesNotContain("\n");
  }

  @Test
  void idempotencyKey_repeated_isTheSameRequest_andAnothersIsHerOwn() {
    StoredState before = access.stored();

    AccessRequest again = ana.ask(ordersAdmin().setReason("INC-43").setIdempotencyKey("key-1"));

    assertThat(again.getId()).isEqualTo(open.getId());
    assertThat(again.getReviewsCount()).isEqualTo(1);
    assertThat(access.stored()).isEqualTo(before);
    assertThat(eve.ask(ordersAdmin().setReason("INC-43").setIdempotencyKey("key-1")).getId())
        .isNotEqualTo(open.getId());
  }

  private static GetAccessRequestRequest get(String id) {
    return GetAccessRequestRequest.newBuilder().setId(id).build();
  }
}
