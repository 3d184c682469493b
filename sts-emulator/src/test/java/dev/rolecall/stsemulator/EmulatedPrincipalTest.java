package dev.rolecall.stsemulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmulatedPrincipalTest {

  private static final String ROLE = "arn:aws:iam::111122223333:role/checkout";
  private static final String USER = "arn:aws:iam::111122223333:user/alice";

  @ParameterizedTest
  @ValueSource(
      strings = {
        ROLE,
        USER,
        "arn:aws:iam::111122223333:role/a/b/c/checkout",
        "arn:aws-us-gov:iam::000000000000:role/x_+=,.@-9",
        "arn:aws-iso-b:iam::111122223333:role/x",
        "arn:aws:iam::111122223333:root",
        "arn:aws:sts::111122223333:federated-user/bob"
      })
  void of_aPrincipal_isRead(String arn) {
    assertThat(EmulatedPrincipal.of(arn)).hasToString("EmulatedPrincipal[" + arn + ", ****]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "checkout",
        "arn:aws:iam::11112222333:role/checkout",
        "arn:aws:iam:eu-west-1:111122223333:role/checkout",
        "arn:aws:iam::111122223333:role/",
        "arn:aws:iam::111122223333:role/team/",
        "arn:aws:iam::111122223333:role//checkout",
        "arn:aws:iam::111122223333:role/check out",
        "arn:aws:iam::111122223333:role/*",
        "arn:aws:iam::111122223333:role/checkout\n",
        "arn:AWS:iam::111122223333:role/checkout",
        "arn:azure:iam::111122223333:role/checkout",
        "arn:aws:sts::111122223333:role/checkout",
        "arn:aws:sts::111122223333:assumed-role/checkout/s",
        "arn:aws:iam::111122223333:group/x",
        "arn:aws:iam::111122223333:root/x",
        "arn:aws:iam::111122223333:federated-user/bob"
      })
  void of_anythingElse_isRefused(String arn) {
    assertThatThrownBy(() -> EmulatedPrincipal.of(arn))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("principal ARN: ")
        .hasMessageContaining("(expected: arn:{partition}:iam::{12 digits}:role/");
  }

  @Test
  void of_aLongPath_takesNoTime() {
    String arn = "arn:aws:iam::111122223333:role/" + "a/".repeat(100_000) + " ";
    assertThatThrownBy(() -> EmulatedPrincipal.of(arn))
        .isInstanceOf(IllegalArgumentException.class)
        .satisfies(refusal -> assertThat(refusal.getMessage()).hasSizeLessThan(600));
  }

  static Stream<ThrowingCallable> mistakes() {
    return Stream.of(
        () -> EmulatedPrincipal.builder(ROLE).sessionName(""),
        () -> EmulatedPrincipal.builder(ROLE).sessionName("x".repeat(65)),
        () -> EmulatedPrincipal.builder(ROLE).sessionName("a/b"),
        () -> EmulatedPrincipal.builder(ROLE).accessKeyId("ASIA"),
        () -> EmulatedPrincipal.builder(ROLE).accessKeyId("asiaexample0000000001"),
        () -> EmulatedPrincipal.builder(ROLE).accessKeyId("A".repeat(129)),
        () -> EmulatedPrincipal.builder(ROLE).secretAccessKey(""),
        () -> EmulatedPrincipal.builder(ROLE).secretAccessKey("topsecret key"),
        () -> EmulatedPrincipal.builder(ROLE).sessionToken("topsecret\n"),
        () -> EmulatedPrincipal.builder(ROLE).sessionToken("topsecret".repeat(500)),
        () -> EmulatedPrincipal.builder(ROLE).uniqueId("AROA"),
        () -> EmulatedPrincipal.builder(ROLE).uniqueId("ASIAEXAMPLE0000000001"),
        () -> EmulatedPrincipal.builder(ROLE).uniqueId("AIDAEXAMPLE0000000001").build(),
        () -> EmulatedPrincipal.builder(USER).uniqueId("AROAEXAMPLE0000000001").build(),
        () -> EmulatedPrincipal.builder(USER).sessionName("s1").build(),
        () -> EmulatedPrincipal.builder(USER).sessionToken("topsecret").build(),
        () -> EmulatedPrincipal.builder(USER).expiresAt(Instant.EPOCH).build());
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void builder_ofABrokenValue_isRefusedWithoutItsSecrets(ThrowingCallable mistake) {
    assertThatThrownBy(mistake)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("(expected: ")
        .hasMessageNotContaining("topsecret");
  }

  @Test
  void builder_atTheBounds_isAccepted() {
    assertThatCode(
            () ->
                EmulatedPrincipal.builder(ROLE)
                    .sessionName("x".repeat(64))
                    .accessKeyId("A".repeat(16))
                    .sessionToken("t".repeat(4_096))
                    .build())
        .doesNotThrowAnyException();
  }

  @Test
  void credentials_neverPrintTheirSecrets_andCompareThem() {
    EmulatedCredentials credentials = credentials("topsecret", "token");
    assertThat(credentials.toString())
        .isEqualTo("EmulatedCredentials[" + USER + ", ASIAEXAMPLE0000000001, ****]");
    assertThat(credentials).isEqualTo(credentials("topsecret", "token"));
    assertThat(credentials).isNotEqualTo(credentials("topsecret", "other"));
    assertThat(credentials).isNotEqualTo(credentials("other", "token"));
  }

  private static EmulatedCredentials credentials(String secret, String token) {
    return new EmulatedCredentials(
        CallerIdentity.ofUser(PrincipalArn.parse(USER), "AIDAEXAMPLE0000000001"),
        "ASIAEXAMPLE0000000001",
        secret,
        Optional.of(token),
        Optional.empty());
  }
}
