package dev.rolecall.proof;

import static dev.rolecall.proof.ProofFields.HASH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.rolecall.identity.Audience;
import dev.rolecall.identity.BindingHash;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The text that each binding signs, and the one spelling of a hash. */
@Tag("attack")
final class ProofBindingTest {

  private static final Audience ORDERS = Audience.of("orders");

  @Test
  void signedHeaders_bearer_isTheAudienceAlone() {
    assertThat(ProofBinding.bearer().signedHeaders(ORDERS))
        .containsExactly(entry("x-rolecall-audience", "orders"));
  }

  @Test
  void signedHeaders_channel_addsTheCertificate() {
    assertThat(new ProofBinding.Channel(new BindingHash(HASH)).signedHeaders(ORDERS))
        .containsExactly(entry("x-rolecall-audience", "orders"), entry("x-rolecall-channel", HASH));
  }

  @Test
  void signedHeaders_key_addsTheKey() {
    assertThat(new ProofBinding.Key(new BindingHash(HASH)).signedHeaders(ORDERS))
        .containsExactly(entry("x-rolecall-audience", "orders"), entry("x-rolecall-key", HASH));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bearer", "channel." + HASH, "key." + HASH})
  void parse_itsOwnText_isTheSameBinding(String text) {
    assertThat(ProofBinding.parse(text)).map(ProofBinding::text).contains(text);
  }

  @Test
  void parse_channelAndKeyOfOneHash_differ() {
    assertThat(ProofBinding.parse("channel." + HASH))
        .isNotEqualTo(ProofBinding.parse("key." + HASH));
  }

  @Test
  void of_nothing_isTheKnownHash() {
    assertThat(BindingHash.of(new byte[0])).hasToString(HASH);
  }

  @Test
  void bindingHash_strayLastBits_isRefused() {
    // U is 010100: only its last two bits are spare. V, W and X differ from it in nothing else.
    assertThat(new BindingHash(HASH).value()).endsWith("U");
    for (String last : new String[] {"V", "W", "X"}) {
      String same = HASH.substring(0, 42) + last;
      assertThatThrownBy(() -> new BindingHash(same))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("binding hash: ");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "A",
        HASH + "A",
        HASH + "=",
        "+AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "\n" + HASH
      })
  void bindingHash_otherForm_isRefused(String value) {
    assertThatThrownBy(() -> new BindingHash(value)).isInstanceOf(IllegalArgumentException.class);
  }
}
