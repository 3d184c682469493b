package dev.rolecall.access;

import static dev.rolecall.access.AccessBench.SAY;
import static dev.rolecall.access.AccessBench.admitted;
import static dev.rolecall.access.AccessBench.pending;
import static dev.rolecall.access.AccessBench.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.call.CallOrigin;
import dev.rolecall.access.scheme.FakeScheme;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.identity.pattern.RolePattern;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.PolicyBuilder;
import dev.rolecall.policy.RuleName;
import dev.rolecall.policy.condition.CallConditions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Calls that a policy's conditions read: each judged by itself, and again when the policy changes.
 */
@Tag("attack")
final class ConditionalCallsTest {

  private static final String CREDENTIAL = "key:id:0";
  private static final Map<String, String> BLUE = Map.of("x-tenant", "blue");
  private static final Map<String, String> RED = Map.of("x-tenant", "red");
  private static final List<RolePattern> CHECKOUT =
      List.of(RolePattern.parse(Checkout.ROLE.toString()));
  private static final String PATH = "/" + SAY;

  private final AccessBench bench = new AccessBench();
  private final ConnectionMemo inside = connection("10.0.0.1");
  private final ConnectionMemo outside = connection("192.0.2.1");

  @BeforeEach
  void knowTheCaller() {
    bench.scheme.then(bench.yes());
    bench.policies.change(blueAlone());
    admitted(bench.check(inside, CREDENTIAL, BLUE));
    admitted(bench.check(outside, CREDENTIAL, BLUE));
  }

  @AfterEach
  void leave() {
    bench.close();
  }

  private ConnectionMemo connection(String peer) {
    return bench.access.connection(peer, Optional.empty(), null);
  }

  private static PolicyBuilder policy() {
    return AccessPolicy.builder("test");
  }

  private static AccessPolicy blueAlone() {
    return policy()
        .allow("blue", CHECKOUT, CallConditions.withHeader("x-tenant", "blue"), PATH)
        .build();
  }

  private static AccessPolicy insideAlone() {
    return policy().allow("inside", CHECKOUT, CallConditions.from("10.0.0.0/8"), PATH).build();
  }

  private static AccessPolicy all() {
    return policy().allow("all", CHECKOUT, PATH).build();
  }

  @Test
  void calls_ofOneConnection_areJudgedEachByItsOwnHeaders() {
    for (int i = 0; i < 3; i++) {
      admitted(bench.check(inside, CREDENTIAL, BLUE));
      Refusal refusal = refused(bench.check(inside, CREDENTIAL, RED));
      assertThat(refusal.reason()).isEqualTo(RefusalReason.METHOD_NOT_ALLOWED);
      refused(bench.check(inside, CREDENTIAL, Map.of()));
    }
  }

  @Test
  void calls_ofTwoConnections_areJudgedByTheirPeers() {
    bench.policies.change(insideAlone());

    for (int i = 0; i < 3; i++) {
      admitted(bench.check(inside, CREDENTIAL, RED));
      refused(bench.check(outside, CREDENTIAL, RED));
    }
  }

  @Test
  void peer_withoutAnAddress_isDeniedByWhatNarrows() {
    ConnectionMemo unknown = connection("unknown");
    bench.policies.change(
        policy()
            .deny("not outside", CHECKOUT, CallConditions.from("192.0.2.0/24"), PATH)
            .allow("all", CHECKOUT, PATH)
            .build());

    assertThat(refused(bench.check(unknown, CREDENTIAL, RED)).rule())
        .contains(RuleName.parse("not outside"));
    bench.policies.change(insideAlone());
    refused(bench.check(unknown, CREDENTIAL, RED));
  }

  @Test
  void door_thatKnowsNoHeaders_isDeniedByWhatNarrows() {
    refused(bench.check(SAY, inside, FakeScheme.header(CREDENTIAL)));

    bench.policies.change(
        policy()
            .deny("no red", CHECKOUT, CallConditions.withHeader("x-tenant", "red"), PATH)
            .allow("all", CHECKOUT, PATH)
            .build());
    refused(bench.check(SAY, inside, FakeScheme.header(CREDENTIAL)));
    admitted(bench.check(inside, CREDENTIAL, Map.of()));
  }

  @Test
  void call_thatNoConditionMeans_readsNoHeader_andIsHeld() {
    bench.policies.change(all());
    int asked = FakeHeaders.READER.asked.get();

    Admission first = admitted(bench.check(inside, CREDENTIAL, RED));

    assertThat(bench.check(inside, CREDENTIAL, BLUE)).isSameAs(first);
    // It is held for the connection's life, and must not hold what the transport has of one call.
    assertThat(first.origin()).isEqualTo(inside.origin().presenting(FakeScheme.header(CREDENTIAL)));
    assertThat(first.origin().credential()).isPresent();
    assertThat(first.origin().knowsHeaders()).isFalse();
    assertThat(FakeHeaders.READER.asked).hasValue(asked);
  }

  @Test
  void call_thatWaited_isJudgedByItsOwnHeaders() {
    bench.scheme.fromNowOn();
    Pending blue = pending(bench.check(inside, "key:id:1", BLUE));
    Pending red = pending(bench.check(inside, "key:id:1", RED));

    bench.scheme.answer(1, bench.yes());

    refused(red.outcome());
    admitted(blue.outcome());
    refused(red.outcome());
  }

  @Test
  void liveCall_admittedByItsHeaders_isJudgedAgainByThem() {
    Map<String, String> headers = new HashMap<>(BLUE);
    headers.put("x-stage", "test");
    Admission blue = admitted(bench.check(inside, CREDENTIAL, headers));
    // Its handler does what it likes with them.
    headers.clear();

    assertThat(bench.access.recheck().refusal(blue, null)).as("the same policy").isNull();
    bench.policies.change(
        policy()
            .allow("test", CHECKOUT, CallConditions.withHeader("x-stage", "test"), PATH)
            .build());
    assertThat(bench.access.recheck().refusal(blue, null)).isNull();
    bench.policies.change(insideAlone());
    assertThat(bench.access.recheck().refusal(blue, null)).isNull();

    bench.policies.change(
        policy()
            .allow("prod", CHECKOUT, CallConditions.withHeader("x-stage", "prod"), PATH)
            .build());
    assertThat(refused(bench.access.recheck().refusal(blue, null)).reason())
        .isEqualTo(RefusalReason.METHOD_NOT_ALLOWED);
  }

  @Test
  void liveCall_admittedForItsCaller_hasUnknownHeadersAndAKnownPeer() {
    bench.policies.change(all());
    Admission blue = admitted(bench.check(inside, CREDENTIAL, BLUE));

    bench.policies.change(insideAlone());
    assertThat(bench.access.recheck().refusal(blue, null)).isNull();
    bench.policies.change(blueAlone());
    refused(bench.access.recheck().refusal(blue, null));
    bench.policies.change(
        policy()
            .deny("no red", CHECKOUT, CallConditions.withHeader("x-tenant", "red"), PATH)
            .allow("all", CHECKOUT, PATH)
            .build());
    assertThat(refused(bench.access.recheck().refusal(blue, null)).rule())
        .contains(RuleName.parse("no red"));
  }

  @Test
  void admission_thatKeepsHeaders_printsNone() {
    Admission blue = admitted(bench.check(inside, CREDENTIAL, BLUE));
    CallOrigin origin = bench.access.connection("p", Optional.empty(), null).origin();

    assertThat(blue.toString()).contains("10.0.0.1").doesNotContain("blue", "x-tenant");
    assertThat(origin.with(BLUE, FakeHeaders.READER)).hasToString("CallOrigin[p]");
  }
}
