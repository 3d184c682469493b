package dev.rolecall.jwt.key;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.jwt.internal.Base64Url;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Signatures and thumbprints as RFCs print them. */
class PublishedVectorsTest {

  // https://www.rfc-editor.org/rfc/rfc8037#appendix-A
  private static final String ED_JWK =
      "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}";
  private static final String ED_SEED = "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A";
  private static final String ED_THUMBPRINT = "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k";
  private static final String ED_INPUT = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc";
  private static final String ED_SIGNATURE =
      "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";

  // https://www.rfc-editor.org/rfc/rfc7515#appendix-A.3
  private static final String EC_JWK =
      "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU\","
          + "\"y\":\"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0\"}";
  private static final String EC_INPUT =
      "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFt"
          + "cGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
  private static final String EC_SIGNATURE =
      "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";

  // https://www.rfc-editor.org/rfc/rfc7638#section-3.1
  private static final String RSA_JWK =
      "{\"kty\":\"RSA\",\"n\":\"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zw"
          + "u1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6"
          + "Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD"
          + "08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJz"
          + "KnqDKgw\",\"e\":\"AQAB\",\"alg\":\"RS256\",\"kid\":\"2011-04-29\"}";
  private static final String RSA_THUMBPRINT = "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs";

  private static VerificationKey key(String jwk) {
    return KeySet.parse(("{\"keys\":[" + jwk + "]}").getBytes(UTF_8))
        .fold(
            set -> set.keys().get(0),
            flaw -> {
              throw new AssertionError(flaw);
            });
  }

  private static byte[] decoded(String base64) {
    return Base64Url.decode(base64).orElseThrow();
  }

  @Test
  void verify_ed25519OfRfc8037_isMet() {
    assertThat(
            key(ED_JWK).verify(Algorithm.EDDSA, ED_INPUT.getBytes(US_ASCII), decoded(ED_SIGNATURE)))
        .isTrue();
    assertThat(key(ED_JWK).thumbprint()).isEqualTo(ED_THUMBPRINT);
  }

  /** The signature of Ed25519 has no chance in it, so it is the printed one. */
  @Test
  void sign_ed25519OfRfc8037_isThePrintedSignature() {
    // The head of a PKCS#8 key of Ed25519: RFC 8410, section 7.
    String der = "302e020100300506032b657004220420" + HexFormat.of().formatHex(decoded(ED_SEED));
    String pem =
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getEncoder().encodeToString(HexFormat.of().parseHex(der))
            + "\n-----END PRIVATE KEY-----";
    SigningKey key = SigningKey.fromPem(Algorithm.EDDSA, Optional.empty(), pem, new SecureRandom());

    assertThat(key.kid()).isEqualTo(ED_THUMBPRINT);
    assertThat(Base64Url.encode(key.sign(ED_INPUT.getBytes(US_ASCII)))).isEqualTo(ED_SIGNATURE);
  }

  @Test
  void verify_es256OfRfc7515_isMet() {
    assertThat(
            key(EC_JWK).verify(Algorithm.ES256, EC_INPUT.getBytes(US_ASCII), decoded(EC_SIGNATURE)))
        .isTrue();
  }

  @Test
  void thumbprint_ofRfc7638_isThePrinted() {
    assertThat(key(RSA_JWK).thumbprint()).isEqualTo(RSA_THUMBPRINT);
  }
}
