package dev.rolecall.proof;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of STS's error codes: a code that is not in it is a refusal. */
final class StsErrorTest {

  @ParameterizedTest
  @CsvSource({
    "SignatureDoesNotMatch, SIGNATURE_DOES_NOT_MATCH, REFUSAL",
    "InvalidSignatureException, SIGNATURE_DOES_NOT_MATCH, REFUSAL",
    "ExpiredTokenException, EXPIRED_TOKEN, REFUSAL",
    "RegionDisabledException, OPT_IN_REQUIRED, REFUSAL",
    "Throttling, THROTTLING, THROTTLING",
    "SlowDown, THROTTLING, THROTTLING",
    "InternalServiceError, INTERNAL_FAILURE, FAILURE",
    "RequestTimeout, SERVICE_UNAVAILABLE, FAILURE",
  })
  void of_codeOfTheTable_isThatErrorAndItsKind(String code, StsError error, StsError.Kind kind) {
    assertThat(StsError.of(code)).isEqualTo(error);
    assertThat(error.kind()).isEqualTo(kind);
  }

  @ParameterizedTest
  @ValueSource(strings = {"RequestThrottlingSoon", "SomeThrottledException", "TooManyRequestsNow"})
  void of_furtherSpellingOfThrottling_isThrottling(String code) {
    assertThat(StsError.of(code)).isEqualTo(StsError.THROTTLING);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "unheard-of", "throttling", "signaturedoesnotmatch", "TooMany"})
  void of_codeOutsideTheTable_isARefusal(String code) {
    assertThat(StsError.of(code)).isEqualTo(StsError.OTHER);
    assertThat(StsError.OTHER.kind()).isEqualTo(StsError.Kind.REFUSAL);
  }

  @ParameterizedTest
  @EnumSource(StsError.class)
  void label_isACodeOfThatError(StsError error) {
    assertThat(error.label()).matches("[A-Za-z]{1,64}");
    assertThat(StsError.of(error.label())).isEqualTo(error);
  }

  @ParameterizedTest
  @CsvSource({
    "SlowDown, SlowDown",
    "com.amazon.coral#SlowDown, SlowDown",
    "SlowDown:http://internal.amazon.com/, SlowDown",
    "com.amazon.coral#SlowDown:http://internal.amazon.com/x#y, SlowDown",
  })
  void code_withNamespaceOrAddress_isTheBareCode(String written, String code) {
    assertThat(StsError.code(written)).contains(code);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "#", ":", ":SlowDown", "1st", "Slow Down", "Slow\nDown", "\u00e9"})
  void code_otherText_isNone(String written) {
    assertThat(StsError.code(written)).isEmpty();
  }

  @Test
  void code_atAndOverItsLengths() {
    assertThat(StsError.code("A".repeat(64))).isPresent();
    assertThat(StsError.code("A".repeat(65))).isEmpty();
    assertThat(StsError.code("n".repeat(511 - "A".length()) + "#A")).isPresent();
    assertThat(StsError.code("n".repeat(512 - "A".length()) + "#A")).isEmpty();
  }
}
