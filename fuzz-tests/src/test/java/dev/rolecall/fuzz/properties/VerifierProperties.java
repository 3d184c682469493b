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
  Arbitrary<Instant> times() {
    return Proofs.around(Proofs.NOON, 1_300);
  }

  @Provide
  Arbitrary<Boolean> seldom() {
    return Arbitraries.of(true, false, false, false);
  }

  @Property
  void verdict_isTheFirstCheckThatFails(
      @ForAll("proofs") WrittenProof proof,
      @ForAll("times") Instant now,
      @ForAll @IntRange(min = 1, max = 900) int maxAge,
      @ForAll @IntRange(max = 300) int skew,
      @ForAll("seldom") boolean channelRequired) {
    String expected = expected(proof, now, maxAge, skew, channelRequired);
    List<StsRequest> asked = new ArrayList<>();

    String verdict = verify(proof.text(), "orders", now, maxAge, skew, channelRequired, asked);

    assertThat(verdict).isEqualTo(expected);
    assertThat(asked).hasSize(expected.startsWith("verified") ? 1 : 0);
    asked.forEach(
        request -> assertThat(request.headers()).containsEntry("x-rolecall-audience", "orders"));
  }

  /** Without these the property above would be true of nothing. The seed is fixed. */
  @Property(seed = "1")
  void generatedProofs_meetEveryVerdict(
      @ForAll("proofs") WrittenProof proof,
      @ForAll("times") Instant now,
      @ForAll @IntRange(min = 1, max = 900) int maxAge,
      @ForAll @IntRange(max = 300) int skew,
      @ForAll("seldom") boolean channelRequired) {
    String expected = expected(proof, now, maxAge, skew, channelRequired);

    Statistics.label("verdict")
        .collect(expected.replaceAll(" .*", ""))
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
    Instant signed = signedAt(proof);
    List<StsRequest> asked = new ArrayList<>();

    assertThat(verify(proof.with(0, Proofs.HOST).text(), other, signed, 900, 0, false, asked))
        .isEqualTo("AUDIENCE_MISMATCH");
    assertThat(asked).isEmpty();
  }

  /** Section 5, steps 3 to 5, of a well-formed proof. */
  private static String expected(
      WrittenProof proof, Instant now, int maxAge, int skew, boolean channelRequired) {
    if (!proof.host().equals(Proofs.HOST)) {
      return "ISSUER_NOT_ALLOWED";
    }
    if (!proof.audience().equals("orders")) {
      return "AUDIENCE_MISMATCH";
    }
    if (proof.binding().startsWith("key.")
        || (channelRequired && proof.binding().equals("bearer"))) {
      return "BINDING_REQUIRED";
    }
    if (proof.binding().startsWith("channel.")
        && !proof.binding().equals("channel." + Proofs.HASHES.get(0))) {
      return "CHANNEL_MISMATCH";
    }
    long signed = signedAt(proof).getEpochSecond();
    long lapses = signed + Math.min(proof.expires(), maxAge);
    if (now.getEpochSecond() > lapses) {
      return "CREDENTIAL_EXPIRED";
    }
    if (signed > now.getEpochSecond() + skew) {
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
      String proof,
      String audience,
      Instant now,
      int maxAge,
      int skew,
      boolean channelRequired,
      List<StsRequest> asked) {
    StsVerifier settings =
        StsVerifier.forAudience(audience)
            .acceptPartitions(Set.of())
            .acceptCustomEndpoint(URI.create("https://" + Proofs.HOST), "eu-west-1", Partition.AWS)
            .maxProofAge(Duration.ofSeconds(maxAge))
            .maxClockSkew(Duration.ofSeconds(skew));
    if (channelRequired) {
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
            Clock.fixed(now, ZoneOffset.UTC))) {
      Connection connection =
          new Connection("198.51.100.1", Set.of(new BindingHash(Proofs.HASHES.get(0))));
      return verifier
          .lookup()
          .find(Credential.bearer(proof), connection)
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
