package dev.rolecall.txntoken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The form of a trust domain's name. */
final class TrustDomainTest {

  @ParameterizedTest
  @ValueSource(strings = {"prod", "prod.example", "https://txn.example/prod", "urn:a:b_c~d@e-F0"})
  void name_ofThatForm_isTaken(String name) {
    assertThat(new TrustDomain(name)).hasToString(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "two words", "caf\u00e9", "a\n", "a,b", "a*"})
  void name_otherForm_isRefused(String name) {
    assertThatThrownBy(() -> new TrustDomain(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("trust domain: ");
  }

  @Test
  void name_atAndOverItsLongest() {
    assertThat(new TrustDomain("a".repeat(255)).name()).hasSize(255);
    assertThatThrownBy(() -> new TrustDomain("a".repeat(256)))
        .hasMessageContaining("1 to 255 characters");
  }
}
