package dev.rolecall.client;

import static dev.rolecall.renewal.Lifetime.Age.EXPIRED;
import static dev.rolecall.renewal.Lifetime.Age.FRESH;
import static dev.rolecall.renewal.Lifetime.Age.STALE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.identity.Audience;
import dev.rolecall.proof.CallerProof;
import dev.rolecall.proof.ProofBinding;
import dev.rolecall.renewal.Lifetime.Age;
import dev.rolecall.testsupport.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.regions.Region;

final class SignedProofTest {

  private static final Duration MARGIN = Duration.ofMinutes(5);
  private static final CallerProof PROOF =
      new Presigner(Audience.of("orders"), new ManualTime())
          .sign(
              FakeCredentials.session("token", null),
              StsTarget.of(Region.EU_WEST_1),
              ProofBinding.bearer());

  @ParameterizedTest
  @CsvSource({
    "0, FRESH",
    "599999, FRESH",
    "600000, STALE",
    "869999, STALE",
    "870000, EXPIRED",
    "900000, EXPIRED",
    "-1, EXPIRED",
    "-3600000, EXPIRED"
  })
  void age_wholeLife_turnsAtTwoThirdsAndHalfAMinuteBeforeTheEnd(long millis, Age expected) {
    assertThat(age(Optional.empty(), MARGIN, millis)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"59999, FRESH", "60000, STALE", "869999, STALE", "870000, EXPIRED"})
  void age_renewalMarginOf14Minutes_isStaleAfterOne(long millis, Age expected) {
    assertThat(age(Optional.empty(), Duration.ofMinutes(14), millis)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    // The end of the credentials in seconds after signing, the last fresh and the last stale
    // second.
    "899, 600, 869",
    "300, 200, 270",
    "120, 80, 100",
    "6, 4, 5"
  })
  void age_credentialsEndEarlier_keepsTheProportions(long end, long stale, long expired) {
    Optional<Instant> credentialsEnd = Optional.of(PROOF.signedAt().plusSeconds(end));

    assertThat(age(credentialsEnd, MARGIN, stale * 1000 - 1_000)).isEqualTo(FRESH);
    assertThat(age(credentialsEnd, MARGIN, stale * 1000)).isEqualTo(STALE);
    assertThat(age(credentialsEnd, MARGIN, expired * 1000 - 1)).isEqualTo(STALE);
    assertThat(age(credentialsEnd, MARGIN, expired * 1000)).isEqualTo(EXPIRED);
  }

  @Test
  void age_credentialsEndLater_changesNothing() {
    Optional<Instant> credentialsEnd = Optional.of(PROOF.signedAt().plusSeconds(900));

    assertThat(age(credentialsEnd, MARGIN, 599_999)).isEqualTo(FRESH);
    assertThat(age(credentialsEnd, MARGIN, 600_000)).isEqualTo(STALE);
  }

  @ParameterizedTest
  @CsvSource({"0", "-1", "-86400"})
  void age_credentialsEndedYetHandedOut_isUsedForLessThanAMinute(long end) {
    Optional<Instant> credentialsEnd = Optional.of(PROOF.signedAt().plusSeconds(end));

    assertThat(age(credentialsEnd, MARGIN, 39_999)).isEqualTo(FRESH);
    assertThat(age(credentialsEnd, MARGIN, 40_000)).isEqualTo(STALE);
    assertThat(age(credentialsEnd, MARGIN, 50_000)).isEqualTo(EXPIRED);
  }

  @Test
  void toString_always_isMasked() {
    assertThat(SignedProof.of(PROOF, Optional.empty(), MARGIN)).hasToString("SignedProof[****]");
  }

  private static Age age(Optional<Instant> credentialsEnd, Duration margin, long millis) {
    return SignedProof.of(PROOF, credentialsEnd, margin)
        .lifetime()
        .age(PROOF.signedAt().toEpochMilli() + millis);
  }
}
