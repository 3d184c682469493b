package dev.rolecall.decisions;

import static dev.rolecall.decisions.Bench.READ;
import static dev.rolecall.decisions.Bench.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.rolecall.access.audit.AuditOutcome;
import dev.rolecall.access.audit.LeftOut;
import dev.rolecall.access.audit.ShadowAnswer;
import dev.rolecall.access.audit.WouldHave;
import dev.rolecall.decisions.v1.CallerAttributes;
import dev.rolecall.decisions.v1.ListCallsRequest;
import dev.rolecall.decisions.v1.ListCallsResponse;
import dev.rolecall.decisions.v1.Outcome;
import dev.rolecall.decisions.v1.SeenCall;
import dev.rolecall.identity.Attributes;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.ClaimValue;
import dev.rolecall.identity.Principal;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.policy.RuleName;
import dev.rolecall.policy.grant.PermissionName;
import dev.rolecall.testsupport.ManualTime;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The different calls of the last hour, as a client sees them. */
class ListCallsTest {

  private Bench bench = new Bench();

  @AfterEach
  void close() {
    bench.close();
  }

  private void within(FeedBounds bounds) {
    bench.close();
    bench = new Bench(bounds);
  }

  private ListCallsResponse page(int size, String token) {
    return bench
        .client()
        .listCalls(ListCallsRequest.newBuilder().setPageSize(size).setPageToken(token).build());
  }

  private List<SeenCall> calls() {
    return page(0, "").getCallsList();
  }

  @Test
  void calls_thatDifferInAnything_areApart_andTheOthersCounted() {
    Caller shop = Bench.role("shop");
    Caller tagged = shop.with(Attributes.none().withTags(Map.of("team", "a")));
    for (int i = 0; i < 3; i++) {
      bench.log.record(bench.made(Optional.of(shop), READ, "10.0.0.1", Bench.allowed()));
    }
    bench.log.record(bench.made(Optional.of(tagged), READ, "10.0.0.1", Bench.allowed()));
    bench.log.record(bench.made(Optional.of(shop), WRITE, "10.0.0.1", Bench.allowed()));
    bench.log.record(bench.made(Optional.of(shop), READ, "10.0.0.2", Bench.allowed()));
    bench.log.record(bench.made(Optional.of(Bench.role("b")), READ, "10.0.0.1", Bench.allowed()));
    bench.log.record(
        bench.made(
            Optional.of(shop), READ, "10.0.0.1", Bench.refused(RefusalReason.METHOD_NOT_ALLOWED)));
    bench.log.record(
        bench.made(
            Optional.of(shop), READ, "10.0.0.1", Bench.refused(RefusalReason.CALLER_LOCKED)));
    bench.log.record(
        bench.made(
            Optional.of(shop),
            READ,
            "10.0.0.1",
            new AuditOutcome.Allowed(
                Optional.of(RuleName.parse("r")), Optional.of(PermissionName.of("admin")))));
    bench.log.record(bench.made(Optional.empty(), READ, "10.0.0.1", Bench.ofPublic()));

    assertThat(calls())
        .extracting(SeenCall::getCount)
        .containsExactly(3L, 1L, 1L, 1L, 1L, 1L, 1L, 1L, 1L);
  }

  @Test
  void call_hasAllThatTheServerKnowsOfItsCaller() {
    Caller caller =
        Bench.role("shop")
            .with(
                Attributes.none()
                    .withClient("web")
                    .withScopes(Set.of("b", "a"))
                    .withClaims(
                        Map.of(
                            "n", new ClaimValue.Whole(7),
                            "x",
                                new ClaimValue.Members(
                                    Map.of(
                                        "l",
                                        new ClaimValue.Items(
                                            List.of(
                                                new ClaimValue.Text("\"q\""),
                                                new ClaimValue.Truth(true),
                                                ClaimValue.Other.INSTANCE))))))
                    .withTags(Map.of("team", "a"))
                    .withActors(List.of(Principal.parse("key:ci"))));
    bench.time.advance(Duration.ofSeconds(5));
    bench.log.record(
        bench.made(
            Optional.of(caller),
            READ,
            "10.0.0.1",
            new AuditOutcome.Refused(
                RefusalReason.GRANT_REQUIRED,
                Optional.of(RuleName.parse("r")),
                Optional.of(PermissionName.of("orders-admin")))));

    assertThat(calls())
        .containsExactly(
            SeenCall.newBuilder()
                .setCaller("arn:aws:iam::111122223333:role/shop")
                .setRoleId("AROAEXAMPLE0000000001")
                .setAttributes(
                    CallerAttributes.newBuilder()
                        .setClient("web")
                        .addScopes("a")
                        .addScopes("b")
                        .putClaims("n", "7")
                        .putClaims("x", "{\"l\":[\"\\\"q\\\"\",true,null]}")
                        .putTags("team", "a")
                        .addActors("key:ci"))
                .setMethod(READ)
                .setPeer("10.0.0.1")
                .setOutcome(Outcome.REFUSED)
                .setReason("GRANT_REQUIRED")
                .setPermission("orders-admin")
                .setCount(1)
                .setLast(Messages.time(bench.now()))
                .build());
  }

  @Test
  void call_isSeenOnce_byTheDecisionOfItsBeginning() {
    bench.decide("shop", READ, Bench.allowed());
    bench.decide(
        "shop", READ, new AuditOutcome.Ended(RefusalReason.GRANT_EXPIRED, Optional.empty()));
    bench.decide(
        "shop",
        READ,
        new AuditOutcome.AdmittedInstead(
            WouldHave.ENDED, RefusalReason.GRANT_EXPIRED, Optional.empty()));
    bench.decide(
        "shop",
        READ,
        new AuditOutcome.ShadowDiffers(
            Optional.empty(), Optional.empty(), ShadowAnswer.DENIED, Optional.empty()));
    bench.decide(
        "shop",
        WRITE,
        new AuditOutcome.AdmittedInstead(
            WouldHave.REFUSED, RefusalReason.METHOD_NOT_ALLOWED, Optional.empty()));

    assertThat(calls())
        .extracting(SeenCall::getMethod, SeenCall::getOutcome, SeenCall::getCount)
        .containsExactly(
            tuple(READ, Outcome.ALLOWED, 1L), tuple(WRITE, Outcome.ADMITTED_INSTEAD, 1L));
  }

  @Test
  void leftOut_ofAKind_isOfThatCall() {
    bench.log.record(
        bench
            .made(
                Optional.of(Bench.role("shop")),
                READ,
                "10.0.0.1",
                Bench.refused(RefusalReason.METHOD_NOT_ALLOWED))
            .withLeftOut(new LeftOut(41, LeftOut.Of.KIND)));

    assertThat(calls()).extracting(SeenCall::getCount).containsExactly(42L);
  }

  @Test
  void call_leavesWithTheHour() {
    bench.decide("shop", READ, Bench.allowed());
    bench.time.advance(Duration.ofMinutes(30));
    bench.decide("shop", READ, Bench.allowed());
    bench.decide("shop", WRITE, Bench.allowed());
    assertThat(calls()).extracting(SeenCall::getCount).containsExactly(2L, 1L);

    bench.time.advance(Duration.ofMinutes(30));
    assertThat(calls()).extracting(SeenCall::getCount).containsExactly(1L, 1L);

    bench.time.advance(Duration.ofMinutes(30));
    assertThat(calls()).isEmpty();
  }

  @Test
  void since_isTheStartOfTheFeed_thenOfTheHour() {
    assertThat(page(0, "").getSince()).isEqualTo(Messages.time(ManualTime.START));

    bench.time.advance(Duration.ofHours(3));

    Duration counted =
        Duration.ofSeconds(bench.now().getEpochSecond() - page(0, "").getSince().getSeconds());
    assertThat(counted).isBetween(Duration.ofMinutes(55), Duration.ofMinutes(60));
  }

  @Test
  void pages_haveEachCallOnce_inTheOrderOfTheirBeginning() {
    IntStream.range(0, 7).forEach(i -> bench.decide("r" + i, READ, Bench.allowed()));
    List<String> callers = new ArrayList<>();
    String token = "";
    int pages = 0;
    do {
      ListCallsResponse page = page(3, token);
      page.getCallsList().forEach(call -> callers.add(call.getCaller()));
      token = page.getNextPageToken();
      pages++;
      // Comes last, and is seen by the last page.
      bench.decide("r7", READ, Bench.allowed());
    } while (!token.isEmpty());

    assertThat(pages).isEqualTo(3);
    assertThat(callers)
        .containsExactlyElementsOf(
            IntStream.range(0, 8).mapToObj(i -> "arn:aws:iam::111122223333:role/r" + i).toList());
  }

  @Test
  void page_hasAtMost500Calls() {
    IntStream.range(0, 501).forEach(i -> bench.decide("r" + i, READ, Bench.allowed()));

    assertThat(page(0, "").getCallsCount()).isEqualTo(500);
    assertThat(page(10_000, "").getCallsCount()).isEqualTo(500);
    assertThat(page(0, page(0, "").getNextPageToken()).getCallsCount()).isEqualTo(1);
  }

  @Test
  void page_ofLargeCalls_isNoLargerThanAClientTakes() {
    String claim = "x".repeat(30_000);
    for (int i = 0; i < 200; i++) {
      Caller caller =
          Bench.role("r" + i)
              .with(Attributes.none().withClaims(Map.of("c", new ClaimValue.Text(claim + i))));
      bench.log.record(bench.made(Optional.of(caller), READ, "10.0.0.1", Bench.allowed()));
    }

    ListCallsResponse page = page(0, "");

    assertThat(page.getSerializedSize()).isLessThan(2 << 20);
    assertThat(page.getNextPageToken()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "x",
        "0000000000000000-1",
        "NAME-",
        "NAME--1",
        "NAME-1 ",
        " NAME-1",
        "NAME-1\n",
        "NAME-9999999999999999999",
        "NAME"
      })
  void token_thatIsNotOfTheFeed_isRefused(String text) {
    bench.decide("a", READ, Bench.allowed());
    bench.decide("b", READ, Bench.allowed());
    String name = page(1, "").getNextPageToken().replaceAll("-.*", "");

    assertThatThrownBy(() -> page(1, text.replace("NAME", name)))
        .satisfies(
            thrown -> {
              Status status = Status.fromThrowable(thrown);
              assertThat(status.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
              assertThat(status.getDescription()).startsWith("page_token: ");
            });
  }

  @Test
  void token_ofAnotherFeed_isRefused() {
    bench.decide("a", READ, Bench.allowed());
    bench.decide("b", READ, Bench.allowed());
    String token = page(1, "").getNextPageToken();
    CallPages pages = new CallPages(new SeenCalls(10, Runnable::run), bench.time, bench.now(), 42);

    assertThatThrownBy(() -> pages.page(ListCallsRequest.newBuilder().setPageToken(token).build()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void pageSize_belowZero_isRefused() {
    assertThatThrownBy(() -> page(-1, ""))
        .hasMessage("INVALID_ARGUMENT: page_size: -1 (expected: 0 to 500)");
  }

  @Test
  void calls_beyondTheBound_areUncounted_untilOthersLeave() {
    within(FeedBounds.ofDefaults().withCalls(10));
    IntStream.range(0, 12).forEach(i -> bench.decide("r" + i, READ, Bench.allowed()));
    assertThat(calls()).hasSize(10);
    assertThat(page(0, "").getUncounted()).isEqualTo(2);

    bench.time.advance(Duration.ofHours(2));
    bench.decide("late", READ, Bench.allowed());
    bench.decide("later", READ, Bench.allowed());

    assertThat(page(0, "").getUncounted()).isEqualTo(3);
    assertThat(calls())
        .extracting(SeenCall::getCaller)
        .containsExactly("arn:aws:iam::111122223333:role/later");
  }

  @Test
  void callsOfStrangers_takeHalfOfThePlaces() {
    within(FeedBounds.ofDefaults().withCalls(10));
    IntStream.range(0, 20)
        .forEach(i -> bench.decideStranger("10.0.0." + i, READ, Bench.ofPublic()));
    IntStream.range(0, 5).forEach(i -> bench.decide("r" + i, READ, Bench.allowed()));

    assertThat(calls()).filteredOn(call -> call.getOutcome() == Outcome.ALLOWED).hasSize(5);
    assertThat(calls()).hasSize(10);
  }
}
