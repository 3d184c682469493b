package dev.rolecall.tests.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.audit.AuditOutcome;
import dev.rolecall.access.audit.AuditRecord;
import dev.rolecall.proof.CallerProof;
import dev.rolecall.proof.ProofBinding;
import dev.rolecall.stsemulator.EmulatedCredentials;
import dev.rolecall.stsemulator.protocol.StsAction;
import dev.rolecall.tests.fixture.Bench;
import dev.rolecall.tests.fixture.EchoClient;
import dev.rolecall.tests.fixture.GuardedServer;
import dev.rolecall.testsupport.Echo;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A call of each kind, let through, and what its handler knows of its caller. */
final class AllowedCallsTest {

  @RegisterExtension final Bench bench = new Bench();

  private EmulatedCredentials checkout;
  private GuardedServer server;
  private EchoClient client;

  @BeforeEach
  void start() {
    checkout = bench.role(Bench.CHECKOUT);
    server = bench.server().start();
    client = bench.client(server).with(bench.signing(checkout));
  }

  @Test
  void unary_allowedRole_handlerKnowsItsCallerHereAndOnAnotherThread() {
    assertThat(client.say("hello")).isEqualTo("%1$s, still %1$s: hello", checkout.callerArn());
  }

  @Test
  void clientStreaming_allowedRole_allMessagesArriveInOrder() throws Exception {
    assertThat(client.collect("a", "b", "c")).isEqualTo(checkout.callerArn() + ": a b c");
  }

  @Test
  void serverStreaming_allowedRole_allAnswersArriveInOrder() {
    assertThat(client.count(3))
        .containsExactly(
            checkout.callerArn() + ": 1",
            checkout.callerArn() + ": 2",
            checkout.callerArn() + ": 3");
  }

  @Test
  void bidiStreaming_allowedRole_everyMessageIsAnswered() throws Exception {
    assertThat(client.chat("a", "b"))
        .containsExactly(checkout.callerArn() + ": a", checkout.callerArn() + ": b");
  }

  @Test
  void bidiStreaming_callerKnownAlready_everyMessageIsAnswered() throws Exception {
    assertThat(client.say("hello")).isNotEmpty();

    assertThat(client.chat("a", "b")).hasSize(2);
  }

  @Test
  void manyCalls_oneProof_stsIsAskedOnce() throws Exception {
    for (int i = 0; i < 20; i++) {
      assertThat(client.say("hello")).isNotEmpty();
    }
    assertThat(client.count(2)).hasSize(2);
    assertThat(client.chat("a")).hasSize(1);

    assertThat(bench.sts().requests().of(StsAction.GET_CALLER_IDENTITY)).isEqualTo(1);
    assertThat(server.proofs()).hasSize(1);
  }

  @Test
  void proof_overTls_isBoundToTheServersCertificate() {
    assertThat(client.say("hello")).isNotEmpty();

    assertThat(server.proofs())
        .singleElement()
        .extracting(AllowedCallsTest::bindingOf)
        .isEqualTo(bench.channelBinding());
  }

  @Test
  void callers_ofTwoRolesOnOneConnection_areToldApart() {
    EmulatedCredentials other = bench.role(Bench.CHECKOUT);
    EchoClient second = client.with(bench.signing(other));

    for (int i = 0; i < 3; i++) {
      assertThat(client.say("a")).startsWith(checkout.callerArn());
      assertThat(second.say("b")).startsWith(other.callerArn());
    }
    assertThat(bench.sts().requests().total()).isEqualTo(2);
  }

  @Test
  void publicMethod_noProof_runsAsNobody() {
    assertThat(bench.client(server).ping()).isEqualTo("nobody, still nobody: ping");
    assertThat(bench.sts().requests().total()).isZero();
  }

  @Test
  void publicMethod_withProof_runsAsNobodyAndStsIsNotAsked() {
    assertThat(client.ping()).isEqualTo("nobody, still nobody: ping");
    assertThat(bench.sts().requests().total()).isZero();
  }

  @Test
  void audit_allowedCall_namesCallerMethodAndRule() {
    assertThat(client.say("hello")).isNotEmpty();

    AuditRecord audit = server.audits().get(0);
    assertThat(audit.method()).isEqualTo(Echo.SAY.getFullMethodName());
    assertThat(audit.caller().orElseThrow()).hasToString(checkout.callerArn());
    assertThat(audit.caller().orElseThrow().role().orElseThrow().id().orElseThrow())
        .hasToString(roleId());
    assertThat(audit.outcome())
        .isInstanceOfSatisfying(
            AuditOutcome.Allowed.class,
            allowed -> assertThat(allowed.rule().orElseThrow()).hasToString("everything"));
  }

  @Test
  void audit_byDefault_isWrittenToTheLogThatIsSearchedForSecrets() {
    assertThat(client.say("hello")).isNotEmpty();

    assertThat(bench.secrets().hasHeard("\"uid\":\"" + roleId() + "\"")).isTrue();
  }

  private String roleId() {
    return bench.sts().uniqueId(Bench.CHECKOUT);
  }

  private static ProofBinding bindingOf(String proof) {
    return CallerProof.read(proof)
        .fold(
            CallerProof::binding,
            malformed -> {
              throw new AssertionError(malformed.rule());
            });
  }
}
