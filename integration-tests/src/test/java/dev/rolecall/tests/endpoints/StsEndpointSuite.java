package dev.rolecall.tests.endpoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rolecall.access.lookup.CacheBounds;
import dev.rolecall.access.lookup.CallerLookup;
import dev.rolecall.access.lookup.LookupLimits;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.access.scheme.Connection;
import dev.rolecall.access.scheme.Credential;
import dev.rolecall.client.ProofSource;
import dev.rolecall.identity.Audience;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.proof.CallerProof;
import dev.rolecall.proof.ProofBinding;
import dev.rolecall.tests.fixture.Bench;
import dev.rolecall.verifier.StsVerifier;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Proofs, good and bad, before a verifier that asks one endpoint. What is refused without asking is
 * refused whatever the endpoint is; of the rest an heir says what becomes of it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("attack")
abstract class StsEndpointSuite {

  private static final String ORDERS = "orders";
  private static final Clock NOW = Clock.systemUTC();
  private static final Clock SIXTEEN_MINUTES_AGO = Clock.offset(NOW, Duration.ofMinutes(-16));

  private final Map<String, String> answers = new TreeMap<>();
  private Optional<JudgedSts> judged = Optional.empty();

  /** The endpoint, running; empty where there is none. */
  abstract Optional<JudgedSts> open();

  /** What would have to be done for there to be one. */
  abstract String howToGetIt();

  /** Ends what {@link #open} began. */
  void shut() {}

  /** Why an honest proof is not taken, where it is not. */
  abstract Optional<RefusalReason> onAnHonestProof();

  /** What becomes of a proof whose signature does not cover what the verifier sends. */
  abstract RefusalReason onAForgedProof();

  @BeforeAll
  void begin() {
    judged = open();
  }

  /** Skips each test, so that each is counted as skipped. */
  @BeforeEach
  void endpointIsThere() {
    assumeTrue(judged.isPresent(), this::howToGetIt);
  }

  @AfterAll
  void end() {
    judged.ifPresent(
        sts -> System.out.println("sts endpoint judged: " + sts.name() + ", " + answers));
    shut();
  }

  @Test
  void proof_ofARole_isJudgedAsExpected() {
    assertThat(verify("honest", proof(ORDERS, NOW).text(), NOW)).isEqualTo(onAnHonestProof());
  }

  @Test
  void proof_withOneDigitOfItsSignatureChanged_isNotTaken() {
    CallerProof proof = proof(ORDERS, NOW);
    String signature = proof.signature();
    char first = signature.charAt(0);
    String forged =
        proof.text().replace(signature, (first == '0' ? '1' : '0') + signature.substring(1));

    assertNotTaken("signature changed", forged, NOW);
  }

  @Test
  void proof_forAnotherAudienceRewrittenInTheText_isNotTaken() {
    String stolen = proof("billing", NOW).text().replace("~billing~", "~" + ORDERS + "~");

    assertNotTaken("audience rewritten", stolen, NOW);
  }

  @Test
  void proof_withAnotherKeyIdInTheText_isNotTaken() {
    CallerProof proof = proof(ORDERS, NOW);
    String another = "ASIA" + "Z".repeat(proof.accessKeyId().length() - 4);

    assertNotTaken("key id rewritten", proof.text().replace(proof.accessKeyId(), another), NOW);
  }

  @Test
  void proof_signedSixteenMinutesAgo_isNotTakenByAVerifierWhoseClockIsSlow() {
    String old = proof(ORDERS, SIXTEEN_MINUTES_AGO).text();

    assertNotTaken("signed 16 minutes ago", old, SIXTEEN_MINUTES_AGO);
  }

  @Test
  void proof_forAnotherAudience_isRefusedUnasked() {
    assertThat(verify(proof("billing", NOW).text(), NOW)).contains(RefusalReason.AUDIENCE_MISMATCH);
  }

  @Test
  void proof_thatHasLapsed_isRefusedUnasked() {
    assertThat(verify(proof(ORDERS, SIXTEEN_MINUTES_AGO).text(), NOW))
        .contains(RefusalReason.CREDENTIAL_EXPIRED);
  }

  private void assertNotTaken(String what, String text, Clock clock) {
    assertThat(verify(what, text, clock))
        .as("%s: an endpoint that confirms this must never be a verifier's", what)
        .contains(onAForgedProof());
  }

  private Optional<RefusalReason> verify(String what, String text, Clock clock) {
    Optional<RefusalReason> reason = verify(text, clock);
    answers.put(what, reason.map(RefusalReason::name).orElse("VERIFIED"));
    return reason;
  }

  /** Why it is not taken; empty where it is. */
  private Optional<RefusalReason> verify(String text, Clock clock) {
    JudgedSts sts = judged.orElseThrow();
    StsVerifier verifier =
        StsVerifier.forAudience(ORDERS)
            .acceptCustomEndpoint(sts.endpoint(), sts.region().id(), sts.partition())
            // Some load what they answer with when they are first asked.
            .lookUpTimeout(Bench.LOOK_UP_TIMEOUT);
    try (AccessRuntime runtime = AccessRuntime.builder().clock(clock).build();
        CallerLookup callers =
            CallerLookup.of(
                List.of(verifier), LookupLimits.ofDefaults(), CacheBounds.ofDefaults(), runtime)) {
      return callers
          .find(Credential.bearer(text), Connection.withoutTls("127.0.0.1"))
          .join()
          .fold(
              verified -> Optional.empty(),
              refused -> Optional.of(refused.reason()),
              unavailable -> Optional.of(unavailable.reason()));
    }
  }

  private CallerProof proof(String audience, Clock clock) {
    JudgedSts sts = judged.orElseThrow();
    try (ProofSource source =
        ProofSource.builder(Audience.of(audience))
            .credentialsProvider(sts.credentials())
            .endpoint(sts.endpoint(), sts.region())
            .clock(clock)
            .build()) {
      return source.proof(ProofBinding.bearer(), Runnable::run).toCompletableFuture().join();
    }
  }
}
