package dev.rolecall.jwt.key;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.jwt.TestKeys;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.spec.ECPoint;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Private keys: of PEM files, of pairs, and new ones. */
class SigningKeyTest {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final byte[] INPUT = "input".getBytes(US_ASCII);

  @TempDir Path folder;

  /** The PEM text of a key that the JDK wrote, which has no public key in it. */
  static String pem(KeyPair pair) {
    return "-----BEGIN PRIVATE KEY-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'})
            .encodeToString(pair.getPrivate().getEncoded())
        + "\n-----END PRIVATE KEY-----\n";
  }

  @ParameterizedTest
  @EnumSource
  void fromPem_keyOfEachAlgorithm_hasThePublicKeyThatFollows(Algorithm algorithm) {
    KeyPair pair = TestKeys.pair(algorithm.kind());
    SigningKey key = SigningKey.fromPem(algorithm, Optional.empty(), pem(pair), RANDOM);

    assertThat(key.kid()).isEqualTo(TestKeys.key(algorithm).kid());
    assertThat(key.algorithm()).isEqualTo(algorithm);
    assertThat(TestKeys.key(algorithm).verificationKey().verify(algorithm, INPUT, key.sign(INPUT)))
        .isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void fromPkcs8_keptKey_isTheKey(Algorithm algorithm) {
    SigningKey key =
        SigningKey.fromPkcs8(
            algorithm, Optional.empty(), TestKeys.key(algorithm).secretPkcs8(), RANDOM);

    assertThat(key.kid()).isEqualTo(TestKeys.key(algorithm).kid());
    assertThat(TestKeys.key(algorithm).verificationKey().verify(algorithm, INPUT, key.sign(INPUT)))
        .isTrue();
  }

  @Test
  void fromPkcs8_keyOfAnotherKind_isRefusedWithoutAWordOfIt() {
    byte[] der = TestKeys.key(Algorithm.RS256).secretPkcs8();

    assertThatThrownBy(() -> SigningKey.fromPkcs8(Algorithm.ES256, Optional.empty(), der, RANDOM))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("private key: not of its algorithm (expected: P_256)")
        .hasNoCause();
  }

  /** Scalars at the ends: the double and add meets the point at infinity. */
  @ParameterizedTest
  @EnumSource(names = {"P_256", "P_384", "P_521"})
  void publicPoint_ofAnyScalar_isOnTheCurve(KeyKind kind) {
    EllipticCurve curve = EllipticCurve.of(kind);
    BigInteger order = curve.parameters().getOrder();
    BigInteger one = BigInteger.ONE;

    assertThat(curve.publicPoint(one)).isEqualTo(curve.parameters().getGenerator());
    assertThat(curve.publicPoint(order.subtract(one)).getAffineX())
        .isEqualTo(curve.parameters().getGenerator().getAffineX());
    for (int scalar = 2; scalar < 20; scalar++) {
      assertThat(curve.has(curve.publicPoint(BigInteger.valueOf(scalar)))).isTrue();
    }
    assertThat(curve.has(ECPoint.POINT_INFINITY)).isFalse();
  }

  /** The JDK checks this too, but did not always (CVE-2022-21449). */
  @ParameterizedTest
  @EnumSource(names = {"P_256", "P_384", "P_521"})
  void isScalar_endsOfTheRange_areWithin(KeyKind kind) {
    EllipticCurve curve = EllipticCurve.of(kind);
    BigInteger order = curve.parameters().getOrder();

    assertThat(curve.isScalar(BigInteger.ZERO)).isFalse();
    assertThat(curve.isScalar(BigInteger.ONE.negate())).isFalse();
    assertThat(curve.isScalar(BigInteger.ONE)).isTrue();
    assertThat(curve.isScalar(order.subtract(BigInteger.ONE))).isTrue();
    assertThat(curve.isScalar(order)).isFalse();
  }

  @Test
  void fromPem_crLfAndSpacesAround_isRead() {
    String pem = "\r\n " + pem(TestKeys.pair(KeyKind.P_256)).replace("\n", "\r\n") + "\n\n";

    assertThat(SigningKey.fromPem(Algorithm.ES256, Optional.of("k"), pem, RANDOM).kid())
        .isEqualTo("k");
  }

  static Stream<String> malformed() {
    String pem = pem(TestKeys.pair(KeyKind.P_256));
    String body = pem.lines().skip(1).findFirst().orElseThrow();
    return Stream.of(
        "",
        body,
        pem.replace(" PRIVATE", " RSA PRIVATE"),
        pem.replace(" PRIVATE", " EC PRIVATE"),
        pem.replace(" PRIVATE", " ENCRYPTED PRIVATE"),
        pem.replace("-----END", "----END"),
        pem + "more",
        "Bag Attributes\n" + pem,
        pem + pem,
        pem.replace(body, body.substring(1)),
        pem.replace(body, body.substring(4)),
        pem.replace(body, "*" + body),
        pem.replace(body, ""),
        "-----BEGIN PRIVATE KEY-----" + "A".repeat(16_384) + "-----END PRIVATE KEY-----");
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void fromPem_anythingElse_isRefusedWithoutItsText(String pem) {
    assertThatThrownBy(() -> SigningKey.fromPem(Algorithm.ES256, Optional.empty(), pem, RANDOM))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("private key: ")
        .hasMessageContaining(" (expected: ")
        .hasNoCause()
        .message()
        .satisfies(
            message ->
                assertThat(pem.lines().filter(line -> line.length() > 3))
                    .noneMatch(line -> message.contains(line) && !line.startsWith("-----")));
  }

  @Test
  void fromPem_keyOfAnotherKind_isRefused() {
    for (KeyKind kind : KeyKind.values()) {
      for (Algorithm other : EnumSet.of(Algorithm.RS256, Algorithm.ES256, Algorithm.EDDSA)) {
        if (other.kind() != kind) {
          String pem = pem(TestKeys.pair(kind));

          assertThatThrownBy(() -> SigningKey.fromPem(other, Optional.empty(), pem, RANDOM))
              .isInstanceOf(IllegalArgumentException.class)
              .hasMessage("private key: not of its algorithm (expected: " + other.kind() + ")");
        }
      }
    }
  }

  @Test
  void of_weakOrMixedPairs_areRefused() {
    KeyPair small =
        TestKeys.generate("RSA", new RSAKeyGenParameterSpec(1_024, RSAKeyGenParameterSpec.F4));
    KeyPair ed448 = TestKeys.generate("Ed448", NamedParameterSpec.ED448);
    KeyPair mixed =
        new KeyPair(
            TestKeys.otherPair(KeyKind.P_256).getPublic(),
            TestKeys.pair(KeyKind.P_256).getPrivate());

    refused(
        Algorithm.RS256, small, "public key: the RSA modulus is not odd and of 2048 to 8192 bits");
    refused(Algorithm.EDDSA, ed448, "public key: kty is none of RSA, EC, OKP");
    refused(Algorithm.ES256, mixed, "private key: it does not belong to its public key");
    refused(
        Algorithm.ES384,
        TestKeys.pair(KeyKind.P_256),
        "public key: alg is unknown or does not fit the key");
  }

  private static void refused(Algorithm algorithm, KeyPair pair, String message) {
    assertThatThrownBy(() -> SigningKey.of(algorithm, Optional.empty(), pair, RANDOM))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void of_badKeyId_isRefused() {
    KeyPair pair = TestKeys.pair(KeyKind.P_256);

    for (String kid : List.of("", "a\nb", "k".repeat(257))) {
      assertThatThrownBy(() -> SigningKey.of(Algorithm.ES256, Optional.of(kid), pair, RANDOM))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("public key: kid is not 1 to 256 printable characters");
    }
  }

  @Test
  void fromFile_goodAndLarge_areReadAndRefused() throws IOException {
    Path good = Files.writeString(folder.resolve("key.pem"), pem(TestKeys.pair(KeyKind.P_256)));
    Path large = Files.write(folder.resolve("large.pem"), new byte[65_537]);

    assertThat(SigningKey.fromFile(Algorithm.ES256, Optional.empty(), good, RANDOM).kid())
        .isEqualTo(TestKeys.key(Algorithm.ES256).kid());
    assertThatThrownBy(() -> SigningKey.fromFile(Algorithm.ES256, Optional.empty(), large, RANDOM))
        .isInstanceOf(IOException.class)
        .hasMessageEndingWith("larger than 64 KiB (expected: a PEM file with one key)");
  }

  @Test
  void generate_ofEc_isNewEachTime() {
    SigningKey one = SigningKey.generate(Algorithm.ES256, RANDOM);
    SigningKey other = SigningKey.generate(Algorithm.ES256, RANDOM);

    assertThat(one.kid()).isNotEqualTo(other.kid()).hasSize(43);
    assertThat(other.verificationKey().verify(Algorithm.ES256, INPUT, one.sign(INPUT))).isFalse();
  }
}
