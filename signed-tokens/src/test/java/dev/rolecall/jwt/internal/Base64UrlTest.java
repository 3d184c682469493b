package dev.rolecall.jwt.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One spelling for each array of bytes, which is the JDK's. */
@Tag("attack")
class Base64UrlTest {

  private static final int SEED = 20261129;

  @Test
  void decode_whatTheJdkEncodes_isWhatItWas() {
    Random random = new Random(SEED);
    for (int size = 0; size < 300; size++) {
      byte[] bytes = new byte[size];
      random.nextBytes(bytes);
      String text = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);

      assertThat(Base64Url.encode(bytes)).isEqualTo(text);
      assertThat(Base64Url.decode(text).orElseThrow()).isEqualTo(bytes);
      assertThat(Base64Url.decode("." + text + ".", 1, 1 + text.length()).orElseThrow())
          .isEqualTo(bytes);
    }
  }

  /** Of all texts of up to three of these characters, and of four that begin so. */
  @Test
  void decode_anyText_isItsOneSpelling() {
    String characters = "AB-_z0+/= \u0100";
    int decoded = 0;
    for (int i = 0; i < Math.pow(characters.length(), 4); i++) {
      StringBuilder text = new StringBuilder();
      for (int rest = i; rest > 0; rest /= characters.length()) {
        text.append(characters.charAt(rest % characters.length()));
      }
      Optional<byte[]> bytes = Base64Url.decode(text.toString());
      if (bytes.isPresent()) {
        decoded++;
        assertThat(Base64Url.encode(bytes.get())).isEqualTo(text.toString());
      }
    }
    assertThat(decoded).isGreaterThan(1_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "A",
        "AAAAA",
        "AB",
        "AAB",
        "AA==",
        "AA=",
        "AAA=",
        "AA\n",
        "\nAA",
        "A A",
        "AA\u0000",
        "A+",
        "A/",
        "AA.AA",
        "\u0410A",
        "\uff21A",
        "A\ud83d",
        "%41A",
        "AA AA"
      })
  void decode_anotherSpelling_isRefused(String text) {
    assertThat(Base64Url.decode(text)).isEmpty();
  }
}
