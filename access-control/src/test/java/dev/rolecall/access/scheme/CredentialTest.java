package dev.rolecall.access.scheme;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Credentials as they come, and their keys. */
@Tag("attack")
final class CredentialTest {

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "'Bearer abc', abc",
    "'Bearer  abc', ' abc'",
    "'Bearer ', ''",
    "'Bearer Bearer abc', 'Bearer abc'"
  })
  void bearer_ofThatScheme_isTheTextAfterOneSpace(String value, String text) {
    assertThat(header(value).bearer()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Bearer", "bearer abc", "BEARER abc", "Basic abc", " Bearer abc"})
  void bearer_ofAnotherScheme_isNone(String value) {
    assertThat(header(value).bearer()).isNull();
  }

  @Test
  void header_sameBytes_isEqualBeTheArrayAnother() {
    Credential.Header one = header("Bearer abc");
    assertThat(one).isEqualTo(header("Bearer abc")).hasSameHashCodeAs(header("Bearer abc"));
    assertThat(one).isEqualTo(new Credential.Header(one.value()));
    assertThat(one.hashCode()).isEqualTo(Arrays.hashCode(one.value()));
    assertThat(one).isNotEqualTo(header("Bearer abd")).isNotEqualTo(Credential.none());
  }

  @Test
  void toString_ofWhatHoldsASecret_masksIt() {
    assertThat(header("Bearer SECRET")).hasToString("Header[****]");
    assertThat(new CredentialKey("SECRET", 1)).hasToString("CredentialKey[****]");
  }

  @Test
  void key_equal_isOfOneTextAndHash() {
    CredentialKey key = new CredentialKey("text", 7);
    assertThat(key).isEqualTo(new CredentialKey("text", 7)).hasSameHashCodeAs(key);
    assertThat(key.hashCode()).isEqualTo(7);
    assertThat(key)
        .isNotEqualTo(new CredentialKey("text", 8))
        .isNotEqualTo(new CredentialKey("texT", 7))
        .isNotEqualTo("text");
  }

  @Test
  void absent_isOneOfTwo() {
    assertThat(Credential.none()).isSameAs(Credential.Absent.NONE);
    assertThat(Credential.ambiguous()).isSameAs(Credential.Absent.AMBIGUOUS);
  }

  @Test
  void authorization_ofARequest_isNoneOneOrAmbiguous() {
    assertThat(Credential.ofAuthorization(List.of())).isSameAs(Credential.none());
    assertThat(Credential.ofAuthorization(List.of("Bearer abc"))).isEqualTo(header("Bearer abc"));
    assertThat(Credential.ofAuthorization(List.of("Bearer abc", "Bearer abc")))
        .isSameAs(Credential.ambiguous());
  }

  private static Credential.Header header(String value) {
    return new Credential.Header(value.getBytes(US_ASCII));
  }
}
