package dev.rolecall.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.scheme.Facts;
import dev.rolecall.access.scheme.Verification;
import dev.rolecall.identity.Fact;
import dev.rolecall.proof.CallerProof;
import dev.rolecall.verifier.internal.sts.FakeSts;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The facts of a refused proof that an operator learns. */
final class ProofFactsTest {

  @Test
  void refusedBySts_hasItsCode_alsoFromMemory() {
    try (Bench bench = new Bench()) {
      bench.sts.then(FakeSts.error(403, "InvalidClientTokenId"));

      ProofFacts first = facts(bench.verify(Proofs.text()));
      ProofFacts again = facts(bench.verify(Proofs.text()));

      CallerProof proof = Proofs.builder().build();
      assertThat(first)
          .isEqualTo(
              new ProofFacts(
                  new ProofFacts.Target(
                      proof.host().toString(), Optional.of("eu-west-1"), "orders"),
                  proof.accessKeyId(),
                  "orders",
                  Optional.of("InvalidClientTokenId"),
                  Optional.empty()));
      assertThat(again).isEqualTo(first);
      assertThat(bench.sts.requests()).hasSize(1);
    }
  }

  @Test
  void anotherAudience_namesBoth() {
    try (Bench bench = new Bench()) {
      ProofFacts facts = facts(bench.verify(Proofs.forAudience("billing")));

      assertThat(facts.target().audience()).isEqualTo("billing");
      assertThat(facts.expectedAudience()).isEqualTo("orders");
      assertThat(facts.stsCode()).isEmpty();
    }
  }

  @Test
  void endpointThatIsNotAccepted_isNamedWithoutARegion() {
    try (Bench bench = new Bench()) {
      ProofFacts facts = facts(bench.verify(Proofs.forHost("sts.example.com")));

      assertThat(facts.target().endpoint()).isEqualTo("sts.example.com");
      assertThat(facts.target().region()).isEmpty();
    }
  }

  @Test
  void outageOfSts_saysHowItFailed() {
    try (Bench bench = new Bench()) {
      bench.sts.thenFail(new IOException("down"));
      var verification = bench.begin(Proofs.text());
      bench.scheduler.pass(Duration.ofSeconds(5));

      assertThat(facts(Bench.done(verification)).stsCode()).contains("connection");
    }
  }

  @Test
  void signerWhoIsNoRole_isNamed() {
    try (Bench bench = new Bench()) {
      bench.sts.then(
          FakeSts.identity("111122223333", "arn:aws:iam::111122223333:root", "111122223333"));

      assertThat(facts(bench.verify(Proofs.text())).signer())
          .contains("arn:aws:iam::111122223333:root");
    }
  }

  @Test
  void confirmedCaller_hasWhatItSignedWithAndFor_alsoFromMemory() {
    try (Bench bench = new Bench()) {
      bench.sts.then(FakeSts.checkout());
      String id = Proofs.builder().build().accessKeyId();

      for (int i = 0; i < 2; i++) {
        assertThat(bench.verify(Proofs.text()))
            .isInstanceOfSatisfying(
                Verification.Verified.class,
                verified -> {
                  assertThat(verified.caller().evidence().credentialId()).contains(id);
                  assertThat(verified.caller().evidence().facts())
                      .containsExactly(
                          new Fact("region", "Region", "eu-west-1"),
                          new Fact(
                              "endpoint", "endpoint", Proofs.builder().build().host().toString()),
                          new Fact("audience", "audience", "orders"));
                });
      }
    }
  }

  @Test
  void list_ofARefusedProof_namesEachFactInOrder() {
    ProofFacts facts =
        new ProofFacts(
            new ProofFacts.Target(
                "sts.eu-west-1.amazonaws.com", Optional.of("eu-west-1"), "billing"),
            "ASIAIOSFODNN7EXAMPLE",
            "orders",
            Optional.of("InvalidClientTokenId"),
            Optional.of("arn:aws:iam::111122223333:user/alice"));

    assertThat(facts.list())
        .containsExactly(
            new Fact("sts_code", "STS code", "InvalidClientTokenId"),
            new Fact("signer", "signer", "arn:aws:iam::111122223333:user/alice"),
            new Fact("access_key_id", "access key id", "ASIAIOSFODNN7EXAMPLE"),
            new Fact("region", "Region", "eu-west-1"),
            new Fact("endpoint", "endpoint", "sts.eu-west-1.amazonaws.com"),
            new Fact("audience", "audience", "billing"),
            new Fact("expected_audience", "expected audience", "orders"));
    assertThat(facts.size()).isEqualTo("arn:aws:iam::111122223333:user/alice".length());
  }

  @Test
  void list_whereStsWasNotAsked_leavesOutWhatIsUnknown() {
    try (Bench bench = new Bench()) {
      ProofFacts facts = facts(bench.verify(Proofs.forHost("sts.example.com")));

      assertThat(facts.list())
          .extracting(Fact::field)
          .containsExactly("access_key_id", "endpoint", "audience", "expected_audience");
      assertThat(facts.size()).isZero();
    }
  }

  @Test
  void facts_holdNoSecret() {
    try (Bench bench = new Bench()) {
      bench.sts.then(FakeSts.error(403, "SignatureDoesNotMatch"));
      CallerProof proof = Proofs.builder().build();

      assertThat(bench.verify(proof.text()).toString())
          .contains(proof.accessKeyId())
          .doesNotContain(proof.signature())
          .doesNotContain(proof.sessionToken());
    }
  }

  private static ProofFacts facts(Verification verification) {
    return (ProofFacts)
        verification
            .fold(
                verified -> Optional.<Facts>empty(),
                Verification.Refused::facts,
                Verification.Unavailable::facts)
            .orElseThrow();
  }
}
