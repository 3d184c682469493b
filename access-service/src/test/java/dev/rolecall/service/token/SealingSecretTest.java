package dev.rolecall.service.token;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Seals of private keys. */
class SealingSecretTest {

  private static final byte[] PLAIN = "the private part of a key".getBytes(UTF_8);

  private final byte[] bytes = filled(7);
  private final SealingSecret secret = new SealingSecret(bytes, new SecureRandom());
  private final String sealed = secret.seal("kid", PLAIN);

  private static byte[] filled(int value) {
    byte[] bytes = new byte[SealingSecret.BYTES];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  @Test
  void unseal_asItWasSealed_isThePrivatePart() {
    assertThat(secret.unseal("kid", sealed)).isEqualTo(PLAIN);
    assertThat(new SealingSecret(filled(7), new SecureRandom()).unseal("kid", sealed))
        .isEqualTo(PLAIN);
  }

  /** The form by the JDK alone: whoever has the file can open a seal in an emergency. */
  @Test
  void seal_form_isAes256GcmWithTheKeysIdAuthenticated() throws Exception {
    String[] parts = sealed.split("\\.", -1);
    byte[] both = Base64.getUrlDecoder().decode(parts[2]);
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        Cipher.DECRYPT_MODE,
        new SecretKeySpec(bytes, "AES"),
        new GCMParameterSpec(128, both, 0, 12));
    cipher.updateAAD("rolecall signing key v1\nkid".getBytes(UTF_8));

    assertThat(parts[0]).isEqualTo("v1");
    assertThat(parts[1]).matches("[0-9a-f]{16}");
    assertThat(cipher.doFinal(both, 12, both.length - 12)).isEqualTo(PLAIN);
  }

  @Test
  void seal_twice_differs() {
    assertThat(secret.seal("kid", PLAIN)).isNotEqualTo(sealed);
  }

  @Test
  void unseal_anotherSecret_saysWhichFileIsMissed() {
    SealingSecret other = new SealingSecret(filled(8), new SecureRandom());

    assertThatThrownBy(() -> other.unseal("kid", sealed))
        .isInstanceOf(KeySealingException.class)
        .hasMessage(
            "signing key kid: sealed by another key file, whose id is "
                + secret.id()
                + "; this one's is "
                + other.id()
                + " (expected: the file that sealed it: bring that file back)");
  }

  @Test
  void unseal_anotherKeysSeal_isRefused() {
    assertThatThrownBy(() -> secret.unseal("other", sealed))
        .isInstanceOf(KeySealingException.class)
        .hasMessageContaining("has been changed");
  }

  @Test
  void unseal_anyChangedCharacter_isRefused() {
    for (int place = 0; place < sealed.length(); place++) {
      char changed = sealed.charAt(place) == 'A' ? 'B' : 'A';
      String text = sealed.substring(0, place) + changed + sealed.substring(place + 1);
      // The last character has bits that base64 does not use; the decoder refuses or ignores them.
      if (place < sealed.length() - 1) {
        assertThatThrownBy(() -> secret.unseal("kid", text))
            .as("place %d", place)
            .isInstanceOf(KeySealingException.class)
            .hasNoCause();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "v1", "v1..", "v2.0707070707070707.AAAA", "v1.a.b.c", "\u0000"})
  void unseal_noSealedText_isRefused(String text) {
    assertThatThrownBy(() -> secret.unseal("kid", text)).isInstanceOf(KeySealingException.class);
  }

  @Test
  void unseal_shortTextOfTheSecret_isRefused() {
    assertThatThrownBy(() -> secret.unseal("kid", "v1." + secret.id() + ".AAAA"))
        .isInstanceOf(KeySealingException.class);
    assertThatThrownBy(() -> secret.unseal("kid", "v1." + secret.id() + ".***"))
        .isInstanceOf(KeySealingException.class);
  }

  @Test
  void toString_hasNothingOfTheSecret() {
    assertThat(secret.toString()).isEqualTo("SealingSecret[id=" + secret.id() + ", ****]");
    assertThat(secret.id()).doesNotContain("0707");
  }
}
