package dev.rolecall.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.jwt.json.JsonLimits;
import dev.rolecall.jwt.key.Algorithm;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Good tokens of unusual forms, the shape, and the limits. */
@Tag("attack")
class CompactTokenTest {

  private static final String GOOD =
      Forge.token(Issuer.header(Issuer.ED).toString(), Issuer.claims().toString(), Issuer.ED);

  @Test
  void hasShape_ofATokenOrOfLettersAlike_isTrue() {
    assertThat(CompactToken.hasShape(GOOD)).isTrue();
    assertThat(CompactToken.hasShape("a.b.c")).isTrue();
    assertThat(CompactToken.hasShape("-_.0.Z")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "a",
        "a.",
        "a.b",
        "a.b.",
        ".b.c",
        "a..c",
        "a.b.c.",
        "a.b.c.d",
        "a.b.c=",
        "a.b c.d",
        "a.b.c\n",
        "rolecall-v1~sts.amazonaws.com~a",
        "a+.b.c",
        "a.b/.c",
        "\u00e4.b.c"
      })
  void hasShape_ofAnythingElse_isFalse(String text) {
    assertThat(CompactToken.hasShape(text)).isFalse();
  }

  /** White space in JSON, unknown claims, an empty name: odd, and legal. */
  @Test
  void read_oddAndLegal_isWellFormed() {
    String header = " {\t\"alg\" : \"EdDSA\" ,\r\n\"x5t\":\"AAAA\",\"x5t#S256\":\"AAAA\" } \n";
    CompactToken token =
        Readings.token(Forge.token(header, "{\"\":[1,null,{\"a.b/c\":1.5}]}\n", Issuer.ED));

    assertThat(token.header())
        .isEqualTo(new TokenHeader(Algorithm.EDDSA, Optional.empty(), Optional.empty()));
    assertThat(token.claims().has("")).isTrue();
    assertThat(SignatureCheck.verify(token, Issuer.ED.verificationKey())).isPresent();
  }

  @Test
  void verify_keyOfAnotherKind_isNotVerified() {
    CompactToken token = Readings.token(GOOD);

    assertThat(SignatureCheck.verify(token, Issuer.RSA.verificationKey())).isEmpty();
    assertThatThrownBy(
            () -> Issuer.RSA.verificationKey().verify(Algorithm.EDDSA, new byte[1], new byte[64]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("EdDSA (expected: an algorithm that fits the key)");
  }

  @Test
  void read_longerThanTheLimit_isTooLongByOne() {
    TokenLimits limits = TokenLimits.standard();

    assertThat(flaw(GOOD, limits.withCharacters(GOOD.length()))).isEqualTo("read");
    assertThat(flaw(GOOD, limits.withCharacters(GOOD.length() - 1)))
        .isEqualTo("longer than the limit");
  }

  @Test
  void read_payloadLongerThanItsLimit_isMalformed() {
    JsonLimits small = new JsonLimits(20, 1, 1, 1);
    TokenLimits limits = new TokenLimits(8_192, TokenLimits.standard().header(), small);

    assertThat(flaw(GOOD, limits))
        .isEqualTo("the payload is not a JSON object within the limits: too long");
  }

  private static String flaw(String text, TokenLimits limits) {
    return CompactToken.read(text, limits).fold(token -> "read", TokenReading.Malformed::rule);
  }

  @Test
  void limits_outOfRange_areRefused() {
    TokenLimits limits = TokenLimits.standard();

    for (int characters : new int[] {-1, 0, 63, 65_537}) {
      assertThatThrownBy(() -> limits.withCharacters(characters))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("characters: " + characters + " (expected: 64 to 65536)");
    }
  }

  @Test
  void isOfType_anyCaseWithOrWithoutApplication_isTrue() {
    for (String type : List.of("at+jwt", "AT+JWT", "application/at+jwt", "Application/AT+jwt")) {
      TokenHeader header = new TokenHeader(Algorithm.RS256, Optional.of(type), Optional.empty());

      assertThat(header.isOfType("at+jwt")).isTrue();
      assertThat(header.isOfType("jwt")).isFalse();
    }
    assertThat(new TokenHeader(Algorithm.RS256, Optional.empty(), Optional.empty()).isOfType("jwt"))
        .isFalse();
  }

  @Test
  void header_badForms_areRefusedWithoutTheirText() {
    assertThatThrownBy(
            () -> new TokenHeader(Algorithm.RS256, Optional.of("a\nb"), Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("typ is not 1 to 128 printable characters");
    assertThatThrownBy(() -> new TokenHeader(Algorithm.RS256, Optional.empty(), Optional.of("")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("kid is not 1 to 256 printable characters");
  }
}
