package dev.rolecall.tests.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.identity.Partition;
import dev.rolecall.proof.ProofBinding;
import dev.rolecall.tests.fixture.Bench;
import dev.rolecall.tests.fixture.EchoClient;
import dev.rolecall.tests.fixture.GuardedServer;
import dev.rolecall.testsupport.TestCertificate;
import dev.rolecall.verifier.StsVerifier;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A proof taken from one connection, and shown on another. */
@Tag("attack")
final class ReplayTest {

  @RegisterExtension final Bench bench = new Bench();
  @RegisterExtension final WireTally tally = new WireTally();

  @Test
  void proofOfOneServersConnection_atAnotherServerOfTheAudience_isRefusedUnasked() {
    GuardedServer mine = bench.server().start();
    TestCertificate another = TestCertificate.generate();
    GuardedServer theirs = bench.server().certificate(another).start();
    EchoClient honest = bench.client(mine).with(bench.signing(bench.role(Bench.CHECKOUT)));
    assertThat(honest.say("to mine")).contains("checkout");
    String lifted = only(mine.proofs());
    EchoClient thief = bench.client(theirs, TestCertificate.trusting(another)).withProof(lifted);

    assertRefusedUnasked("CHANNEL_MISMATCH", thief, theirs);
  }

  @Test
  void bearerProofGivenToOneService_atAnotherService_isRefusedUnasked() {
    GuardedServer orders = bench.server().start();
    GuardedServer billing =
        bench
            .server()
            .scheme(
                StsVerifier.forAudience("billing")
                    .acceptPartitions(Set.of())
                    .acceptCustomEndpoint(bench.sts().endpoint(), Bench.REGION.id(), Partition.AWS)
                    .lookUpTimeout(Bench.LOOK_UP_TIMEOUT))
            .start();
    String proof = bench.proof(bench.role(Bench.CHECKOUT), ProofBinding.bearer());
    assertThat(bench.client(orders).withProof(proof).say("to orders")).contains("checkout");

    assertRefusedUnasked("AUDIENCE_MISMATCH", bench.client(billing).withProof(proof), billing);
  }

  @Test
  void proofBoundToTheCertificate_onPlaintext_isRefusedUnasked() {
    GuardedServer encrypted = bench.server().start();
    String proof = bench.proof(bench.role(Bench.CHECKOUT), bench.channelBinding());
    assertThat(bench.client(encrypted).withProof(proof).say("encrypted")).contains("checkout");
    GuardedServer plain = bench.server().plaintext().start();

    assertRefusedUnasked("CHANNEL_MISMATCH", bench.plaintextClient(plain).withProof(proof), plain);
  }

  @Test
  void bearerProof_whereTheChannelIsRequired_isRefusedUnaskedThoughItIsKnownElsewhere() {
    GuardedServer lenient = bench.server().start();
    GuardedServer strict =
        bench.server().verifying(options -> options.requireChannelBinding()).start();
    String proof = bench.proof(bench.role(Bench.CHECKOUT), ProofBinding.bearer());
    assertThat(bench.client(lenient).withProof(proof).say("lenient")).contains("checkout");

    assertRefusedUnasked("BINDING_REQUIRED", bench.client(strict).withProof(proof), strict);
  }

  private void assertRefusedUnasked(String reason, EchoClient thief, GuardedServer server) {
    long askedBefore = bench.sts().requests().total();

    String told = thief.sayRefused().reason();

    long asked = bench.sts().requests().total() - askedBefore;
    tally.count(1, server.echo().started(), asked);
    assertThat(told).isEqualTo(reason);
    assertThat(asked).isZero();
    assertThat(server.echo().started()).isZero();
  }

  private static String only(Set<String> proofs) {
    assertThat(proofs).hasSize(1);
    return proofs.iterator().next();
  }
}
