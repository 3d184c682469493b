package dev.rolecall.fuzz.properties;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.scheme.Connection;
import dev.rolecall.access.scheme.Credential;
import dev.rolecall.identity.BindingHash;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.Partition;
import dev.rolecall.verifier.OfflineVerifier;
import dev.rolecall.verifier.StsVerifier;
import dev.rolecall.verifier.internal.answer.StsResponse;
import dev.rolecall.verifier.internal.http.StsRequest;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.statistics.Statistics;

/** The checks of protocol.md, section 5, against a verifier whose STS confirms everybody. */
@AddLifecycleHook(TriedCount.class)
class VerifierProperties {

  private static final int FEW = 5;

  private static final String CONFIRMED =
      "{\"GetCallerIdentityResponse\":{\"GetCallerIdentityResult\":{\"Account\":\"111122223333\","
          + "\"Arn\":\"arn:aws:sts::111122223333:assumed-role/checkout/s1\","
          + "\"UserId\":\"AROAEXAMPLE000000001:s1\"}}}";

  @Provide
  Arbitrary<WrittenProof> proofs() {
    return Proofs.likely();
  }

  @Provide
  Arbitrary<Judge> judges() {
    return Combinators.combine(
            Proofs.around(Proofs.NOON, 1_300),
            Arbitraries.integers().between(1, 900),
            Arbitraries.integers().between(0, 300),
            Arbitraries.of(true, false, false, false))
        .as(Judge::new);
  }

  /** A verifier at its time; its ages are in seconds. */
  record Judge(Instant now, int maxAge, int skew, boolean channelRequired) {}

  @Property
  void verdict_isTheFirstCheckThatFails(
      @ForAll("proofs") WrittenProof proof, @ForAll("judges") Judge judge) {
    String expected = expected(proof, judge);
    List<StsRequest> asked = new ArrayList<>();

    String verdict = verify(proof, "orders", judge, asked);

    assertThat(verdict).isEqualTo(expected);
    assertThat(asked).hasSize(expected.startsWith("verified") ? 1 : 0);
    asked.forEach(
        request -> assertThat(request.headers()).containsEntry("x-rolecall-audience", "orders"));
  }

  /** Without these the property above would be true of nothing. The seed is fixed. */
  @Property(seed = "1")
  void generatedProofs_meetEveryVerdict(
      @ForAll("proofs") WrittenProof proof, @ForAll("judges") Judge judge) {
    Statistics.label("verdict")
        .collect(expected(proof, judge).replaceAll(" .*", ""))
        .coverage(
            seen ->
                List.of(
                        "verified",
                        "AUDIENCE_MISMATCH",
                        "CREDENTIAL_EXPIRED",
                        "CREDENTIAL_NOT_YET_VALID")
                    .forEach(word -> seen.check(word).count(count -> count >= FEW)));
  }

  @Property
  void proofForOneAudience_isNothingAtAnother(
      @ForAll("proofs") WrittenProof proof, @ForAll @IntRange(max = 5_000) int at) {
    String own = proof.audience();
    String other =
        own.length() > 127
            ? "other"
            : new StringBuilder(own).insert(at % own.length(), 'x').toString();
    Judge judge = new Judge(signedAt(proof), 900, 0, false);
    List<StsRequest> asked = new ArrayList<>();

    assertThat(verify(proof.with(0, Proofs.HOST), other, judge, asked))
        .isEqualTo("AUDIENCE_MISMATCH");
    assertThat(asked).isEmpty();
  }

  /** Section 5, steps 3 to 5, of a well-formed proof. */
  private static String expected(WrittenProof proof, Judge judge) {
    if (!proof.host().equals(Proofs.HOST)) {
      return "ISSUER_NOT_ALLOWED";
    }
    if (!proof.audience().equals("orders")) {
      return "AUDIENCE_MISMATCH";
    }
    if (proof.binding().startsWith("key.")
        || (judge.channelRequired() && proof.binding().equals("bearer"))) {
      return "BINDING_REQUIRED";
    }
    if (proof.binding().startsWith("channel.")
        && !proof.binding().equals("channel." + Proofs.HASHES.get(0))) {
      return "CHANNEL_MISMATCH";
    }
    long signed = signedAt(proof).getEpochSecond();
    long lapses = signed + Math.min(proof.expires(), judge.maxAge());
    if (judge.now().getEpochSecond() > lapses) {
      return "CREDENTIAL_EXPIRED";
    }
    if (signed > judge.now().getEpochSecond() + judge.skew()) {
      return "CREDENTIAL_NOT_YET_VALID";
    }
    return "verified until " + lapses;
  }

  private static Instant signedAt(WrittenProof proof) {
    String date = proof.date();
    return Instant.parse(
        String.join("-", date.substring(0, 4), date.substring(4, 6), date.substring(6, 11))
            + ":"
            + date.substring(11, 13)
            + ":"
            + date.substring(13));
  }

  private static String verify(
      WrittenProof proof, String audience, Judge judge, List<StsRequest> asked) {
    StsVerifier settings =
        StsVerifier.forAudience(audience)
            .acceptPartitions(Set.of())
            .acceptCustomEndpoint(URI.create("https://" + Proofs.HOST), "eu-west-1", Partition.AWS)
            .maxProofAge(Duration.ofSeconds(judge.maxAge()))
            .maxClockSkew(Duration.ofSeconds(judge.skew()));
    if (judge.channelRequired()) {
      settings.requireChannelBinding();
    }
    try (OfflineVerifier verifier =
        OfflineVerifier.of(
            settings,
            request -> {
              asked.add(request);
              return CompletableFuture.completedFuture(
                  new StsResponse(200, List.of("application/json"), CONFIRMED.getBytes(UTF_8)));
            },
            Clock.fixed(judge.now(), ZoneOffset.UTC))) {
      Connection connection =
          new Connection("198.51.100.1", Set.of(new BindingHash(Proofs.HASHES.get(0))));
      return verifier
          .lookup()
          .find(Credential.bearer(proof.text()), connection)
          .join()
          .fold(
              verified -> word(verified.caller()),
              refused -> refused.reason().name(),
              unavailable -> unavailable.reason().name());
    }
  }

  private static String word(Caller caller) {
    return "verified until " + caller.notAfter().getEpochSecond();
  }
}
