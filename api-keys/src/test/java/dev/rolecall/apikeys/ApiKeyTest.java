package dev.rolecall.apikeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The text of a key, and what of it is printed. */
final class ApiKeyTest {

  /** Its checksum was computed with Python's zlib: crc32(id + secret), in base 62. */
  private static final String KNOWN =
      "rck_0123456789Ab_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ1BrF42";

  @Test
  void parse_keyOfAnotherImplementation_isThatKey() {
    ApiKey key = ApiKey.parse(KNOWN).orElseThrow();

    assertThat(key.id()).isEqualTo(new ApiKeyId("0123456789Ab"));
    assertThat(key.text()).isEqualTo(KNOWN);
    assertThat(key.hash().hex())
        .as("sha256sum of the secret alone")
        .isEqualTo("46a2199782c8827f0ac56f503be9d39efee97f40a736b92cc7d7c5f825cfd851");
  }

  @Test
  void random_eachTime_isAnotherKeyOfTheForm() {
    SecureRandom random = new SecureRandom();
    ApiKey one = ApiKey.random(ApiKeyId.random(random), random);
    ApiKey other = ApiKey.random(ApiKeyId.random(random), random);

    assertThat(one.text()).matches("rck_[0-9A-Za-z]{12}_[0-9A-Za-z]{49}");
    assertThat(ApiKey.parse(one.text())).contains(one);
    assertThat(one).isNotEqualTo(other);
    assertThat(one.text()).isNotEqualTo(other.text());
  }

  @Test
  void random_keysOfOneId_differInTheSecret() {
    SecureRandom random = new SecureRandom();
    ApiKeyId id = ApiKeyId.random(random);
    ApiKey one = ApiKey.random(id, random);

    assertThat(one).isNotEqualTo(ApiKey.random(id, random)).isEqualTo(one).isNotEqualTo("key");
    assertThat(one).hasSameHashCodeAs(ApiKey.parse(one.text()).orElseThrow());
  }

  @Test
  void toString_ofWhatHoldsASecret_masksIt() {
    ApiKey key = ApiKey.parse(KNOWN).orElseThrow();

    assertThat(key).hasToString("ApiKey[0123456789Ab, ****]");
    assertThat(key.hash()).hasToString("SecretHash[****]");
  }

  @Test
  void hash_equal_isOfOneSecret() {
    SecretHash hash = ApiKey.parse(KNOWN).orElseThrow().hash();

    assertThat(hash)
        .isEqualTo(SecretHash.parse(hash.hex()))
        .hasSameHashCodeAs(SecretHash.parse(hash.hex()))
        .isNotEqualTo(SecretHash.DUMMY)
        .isNotEqualTo(hash.hex());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0123456789A", "0123456789Abc", "0123456789A_", "0123456789Aé"})
  void id_otherForm_isRefusedAndQuoted(String text) {
    assertThatThrownBy(() -> ApiKeyId.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("key id: ")
        .hasMessageContaining("(expected: 12 characters of 0-9 A-Z a-z)");
  }

  @Test
  void id_wholeKey_isRefusedAndNotQuoted() {
    assertThatThrownBy(() -> ApiKeyId.parse(KNOWN))
        .hasMessage("key id: a whole key (expected: the 12 characters after rck_, alone)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "00", "AA"})
  void hash_otherForm_isRefusedAndNotQuoted(String text) {
    assertThatThrownBy(() -> SecretHash.parse(text))
        .hasMessage("sha256: not a hash (expected: 64 characters of 0-9 a-f)");
  }
}
