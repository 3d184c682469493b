package dev.rolecall.jwt.key;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.rolecall.jwt.TestKeys;
import dev.rolecall.jwt.internal.Base64Url;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Key sets as issuers and attackers write them. */
@Tag("attack")
class KeySetTest {

  private static final String RSA = jwk(Algorithm.RS256, "r");
  private static final String P_256 = jwk(Algorithm.ES256, "e");
  private static final String P_384 = jwk(Algorithm.ES384, "e");
  private static final String ED = jwk(Algorithm.EDDSA, "o");

  private static String jwk(Algorithm algorithm, String kid) {
    return new String(TestKeys.key(algorithm, kid).verificationKey().toJwk().toJson(), UTF_8);
  }

  private static KeySet parse(String... keys) {
    return KeySet.parse(("{\"keys\":[" + String.join(",", keys) + "]}").getBytes(UTF_8))
        .fold(
            set -> set,
            flaw -> {
              throw new AssertionError(flaw);
            });
  }

  /** The key with that member in place of its own, or beside it. */
  private static String with(String jwk, String name, String json) {
    String rest = without(jwk, name);
    return "{\"" + name + "\":" + json + "," + rest.substring(1);
  }

  private static String without(String jwk, String name) {
    return jwk.replaceAll("\"" + name + "\":\"[^\"]*\",?", "").replace(",}", "}");
  }

  static Stream<Arguments> unusable() {
    String large = "_".repeat(1_366);
    return Stream.of(
        arguments("number", "1", KeyFlaw.NOT_AN_OBJECT),
        arguments("null", "null", KeyFlaw.NOT_AN_OBJECT),
        arguments("empty", "{}", KeyFlaw.TYPE_UNKNOWN),
        arguments("kty null", with(RSA, "kty", "null"), KeyFlaw.TYPE_UNKNOWN),
        arguments("kty rsa", with(RSA, "kty", "\"rsa\""), KeyFlaw.TYPE_UNKNOWN),
        arguments("kty AKP", with(RSA, "kty", "\"AKP\""), KeyFlaw.TYPE_UNKNOWN),
        arguments("EC as OKP", with(P_256, "kty", "\"OKP\""), KeyFlaw.CURVE_UNKNOWN),
        arguments("OKP as EC", with(ED, "kty", "\"EC\""), KeyFlaw.CURVE_UNKNOWN),
        arguments("no crv", without(P_256, "crv"), KeyFlaw.CURVE_UNKNOWN),
        arguments("secp256k1", with(P_256, "crv", "\"secp256k1\""), KeyFlaw.CURVE_UNKNOWN),
        arguments("Ed448", with(ED, "crv", "\"Ed448\""), KeyFlaw.CURVE_UNKNOWN),
        arguments("X25519", with(ED, "crv", "\"X25519\""), KeyFlaw.CURVE_UNKNOWN),
        arguments(
            "P-384's size", with(without(P_256, "alg"), "crv", "\"P-384\""), KeyFlaw.NUMBER_FORM),
        arguments("use enc", with(RSA, "use", "\"enc\""), KeyFlaw.USE_OTHER),
        arguments("use null", with(RSA, "use", "null"), KeyFlaw.USE_OTHER),
        arguments("use in capitals", with(RSA, "use", "\"SIG\""), KeyFlaw.USE_OTHER),
        arguments("key_ops sign", with(RSA, "key_ops", "[\"sign\"]"), KeyFlaw.OPERATIONS_OTHER),
        arguments("key_ops empty", with(RSA, "key_ops", "[]"), KeyFlaw.OPERATIONS_OTHER),
        arguments("key_ops text", with(RSA, "key_ops", "\"verify\""), KeyFlaw.OPERATIONS_OTHER),
        arguments(
            "key_ops twice",
            with(RSA, "key_ops", "[\"verify\",\"verify\"]"),
            KeyFlaw.OPERATIONS_OTHER),
        arguments(
            "key_ops number", with(RSA, "key_ops", "[\"verify\",1]"), KeyFlaw.OPERATIONS_OTHER),
        arguments("alg none", with(RSA, "alg", "\"none\""), KeyFlaw.ALGORITHM_OTHER),
        arguments("alg HS256", with(RSA, "alg", "\"HS256\""), KeyFlaw.ALGORITHM_OTHER),
        arguments("alg RSA-OAEP", with(RSA, "alg", "\"RSA-OAEP\""), KeyFlaw.ALGORITHM_OTHER),
        arguments("alg of EC", with(RSA, "alg", "\"ES256\""), KeyFlaw.ALGORITHM_OTHER),
        arguments("alg of P-384", with(P_256, "alg", "\"ES384\""), KeyFlaw.ALGORITHM_OTHER),
        arguments("alg null", with(RSA, "alg", "null"), KeyFlaw.ALGORITHM_OTHER),
        arguments("kid number", with(RSA, "kid", "7"), KeyFlaw.KID_FORM),
        arguments("kid null", with(RSA, "kid", "null"), KeyFlaw.KID_FORM),
        arguments("kid empty", with(RSA, "kid", "\"\""), KeyFlaw.KID_FORM),
        arguments("kid long", with(RSA, "kid", "\"" + "k".repeat(257) + "\""), KeyFlaw.KID_FORM),
        arguments("kid line break", with(RSA, "kid", "\"a\\nb\""), KeyFlaw.KID_FORM),
        arguments("no n", without(RSA, "n"), KeyFlaw.NUMBER_FORM),
        arguments("no e", without(RSA, "e"), KeyFlaw.NUMBER_FORM),
        arguments("e a number", with(RSA, "e", "65537"), KeyFlaw.NUMBER_FORM),
        arguments("e empty", with(RSA, "e", "\"\""), KeyFlaw.NUMBER_FORM),
        arguments("e padded", with(RSA, "e", "\"AQAB==\""), KeyFlaw.NUMBER_FORM),
        arguments("e zero in front", with(RSA, "e", "\"AAEAAQ\""), KeyFlaw.NUMBER_FORM),
        arguments("e stray bits", with(RSA, "e", "\"AR\""), KeyFlaw.NUMBER_FORM),
        arguments(
            "n other alphabet",
            with(RSA, "n", "\"" + "+/".repeat(171) + "\""),
            KeyFlaw.NUMBER_FORM),
        arguments(
            "n line break", with(RSA, "n", "\"" + "_".repeat(340) + "\\n_\""), KeyFlaw.NUMBER_FORM),
        arguments("e 1", with(RSA, "e", "\"AQ\""), KeyFlaw.RSA_EXPONENT),
        arguments("e 2", with(RSA, "e", "\"Ag\""), KeyFlaw.RSA_EXPONENT),
        arguments("e even", with(RSA, "e", "\"AQAA\""), KeyFlaw.RSA_EXPONENT),
        arguments("e of 65 bits", with(RSA, "e", "\"AQAAAAAAAAAB\""), KeyFlaw.RSA_EXPONENT),
        arguments(
            "e as long as n", with(RSA, "e", "\"" + "_".repeat(342) + "8\""), KeyFlaw.RSA_EXPONENT),
        arguments(
            "n 1024 bits", with(RSA, "n", "\"" + "_".repeat(170) + "w\""), KeyFlaw.RSA_MODULUS),
        arguments(
            "n 2047 bits", with(RSA, "n", "\"f" + "_".repeat(340) + "w\""), KeyFlaw.RSA_MODULUS),
        arguments("n even", with(RSA, "n", "\"" + "_".repeat(340) + "-A\""), KeyFlaw.RSA_MODULUS),
        arguments("n 8193 bits", with(RSA, "n", "\"AQ" + large + "\""), KeyFlaw.RSA_MODULUS),
        arguments(
            "n 16384 bits", with(RSA, "n", "\"" + "_".repeat(2_730) + "w\""), KeyFlaw.RSA_MODULUS),
        arguments("n of ROCA", with(RSA, "n", roca()), KeyFlaw.RSA_ROCA),
        arguments("x short", with(P_256, "x", "\"AAAA\""), KeyFlaw.NUMBER_FORM),
        arguments("no y", without(P_256, "y"), KeyFlaw.NUMBER_FORM),
        arguments("x and y 0", with(with(P_256, "x", zeros(32)), "y", zeros(32)), KeyFlaw.POINT),
        arguments("x beyond p", with(P_256, "x", ones(32)), KeyFlaw.POINT),
        arguments("y of another", with(P_256, "y", zeros(32)), KeyFlaw.POINT),
        arguments("P-384 off the curve", with(P_384, "y", zeros(48)), KeyFlaw.POINT),
        arguments("Ed25519 of 31 bytes", with(ED, "x", zeros(31)), KeyFlaw.NUMBER_FORM),
        arguments("Ed25519 of 33 bytes", with(ED, "x", zeros(33)), KeyFlaw.NUMBER_FORM),
        arguments("Ed25519 y beyond p", with(ED, "x", ones(32)), KeyFlaw.POINT),
        arguments("Ed25519 no point", with(ED, "x", ed("02", "00")), KeyFlaw.POINT),
        arguments("Ed25519 order 1", with(ED, "x", ed("01", "00")), KeyFlaw.POINT),
        arguments("Ed25519 order 4", with(ED, "x", ed("00", "00")), KeyFlaw.POINT),
        arguments("Ed25519 order 4, signed", with(ED, "x", ed("00", "80")), KeyFlaw.POINT),
        arguments("private d", with(P_256, "d", zeros(32)), KeyFlaw.PRIVATE),
        arguments("private d null", with(RSA, "d", "null"), KeyFlaw.PRIVATE),
        arguments("private p", with(RSA, "p", "\"AQ\""), KeyFlaw.PRIVATE),
        arguments("private oth", with(RSA, "oth", "[]"), KeyFlaw.PRIVATE),
        arguments("k beside RSA", with(RSA, "k", "\"AQ\""), KeyFlaw.PRIVATE),
        arguments("oct", "{\"kty\":\"oct\",\"k\":\"AQAB\"}", KeyFlaw.SYMMETRIC),
        arguments("oct for encryption", "{\"kty\":\"oct\",\"use\":\"enc\"}", KeyFlaw.SYMMETRIC));
  }

  /** A number with the fingerprint: a power of 65,537, of 2,081 bits. */
  private static String roca() {
    return base64(BigInteger.valueOf(65_537).pow(130).toByteArray());
  }

  private static String zeros(int size) {
    return base64(new byte[size]);
  }

  private static String ones(int size) {
    byte[] bytes = new byte[size];
    Arrays.fill(bytes, (byte) 0xff);
    return base64(bytes);
  }

  /** 32 bytes, all zero but the first and the last. */
  private static String ed(String first, String last) {
    return base64(HexFormat.of().parseHex(first + "00".repeat(30) + last));
  }

  private static String base64(byte[] bytes) {
    return "\"" + Base64Url.encode(bytes) + "\"";
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("unusable")
  void parse_unusableKey_isLeftOutWithItsFlaw(String name, String jwk, KeyFlaw flaw) {
    KeySet set = parse(jwk, jwk(Algorithm.RS512, "good"));

    assertThat(set.findings()).extracting(KeyFinding::flaw).containsExactly(flaw);
    assertThat(set.findings().get(0).position()).isZero();
    assertThat(set.keys()).extracting(VerificationKey::kid).containsExactly(Optional.of("good"));
  }

  @Test
  void unusable_hasEachFlawOfAKey() {
    assertThat(unusable().map(row -> row.get()[2]).collect(Collectors.toSet()))
        .containsAll(EnumSet.complementOf(EnumSet.of(KeyFlaw.KID_REPEATED)));
  }

  @Test
  void parse_idThatStandsTwice_leavesOutBoth() {
    KeySet set = parse(RSA, with(RSA, "kid", "\"other\""), P_256, P_384);

    assertThat(set.keys()).extracting(key -> key.kid().orElseThrow()).containsExactly("r", "other");
    assertThat(set.findings())
        .containsExactly(
            new KeyFinding(2, Optional.of("e"), KeyFlaw.KID_REPEATED),
            new KeyFinding(3, Optional.of("e"), KeyFlaw.KID_REPEATED));
  }

  @Test
  void parse_idOfAnUnusableKeyToo_leavesOutBoth() {
    KeySet set = parse(with(P_256, "d", zeros(32)), P_384);

    assertThat(set.isEmpty()).isTrue();
    assertThat(set.findings())
        .extracting(KeyFinding::flaw)
        .containsExactly(KeyFlaw.PRIVATE, KeyFlaw.KID_REPEATED);
  }

  @Test
  void alarms_areOfPublishedSecretsAndGuesses() {
    assertThat(Stream.of(KeyFlaw.values()).filter(KeyFlaw::isAlarm))
        .containsExactlyInAnyOrder(
            KeyFlaw.PRIVATE, KeyFlaw.SYMMETRIC, KeyFlaw.KID_REPEATED, KeyFlaw.RSA_ROCA);
  }

  static Stream<Arguments> malformed() {
    String hundredAndOne =
        IntStream.rangeClosed(0, KeySet.MAX_KEYS)
            .mapToObj(i -> "{}")
            .collect(Collectors.joining(",", "{\"keys\":[", "]}"));
    return Stream.of(
        arguments("", KeySetFlaw.NOT_JSON),
        arguments("<html>", KeySetFlaw.NOT_JSON),
        arguments("[]", KeySetFlaw.NOT_JSON),
        arguments("{\"keys\":[]}{\"keys\":[]}", KeySetFlaw.NOT_JSON),
        arguments("{\"keys\":[],\"keys\":[" + RSA + "]}", KeySetFlaw.NOT_JSON),
        arguments("{\"keys\":[{\"kty\":\"RSA\",\"kty\":\"EC\"}]}", KeySetFlaw.NOT_JSON),
        arguments("\ufeff{\"keys\":[]}", KeySetFlaw.NOT_JSON),
        arguments("{\"keys\":" + "[".repeat(100) + "]".repeat(100) + "}", KeySetFlaw.NOT_JSON),
        arguments("{}", KeySetFlaw.NO_KEYS),
        arguments("{\"keys\":null}", KeySetFlaw.NO_KEYS),
        arguments("{\"keys\":{}}", KeySetFlaw.NO_KEYS),
        arguments("{\"Keys\":[]}", KeySetFlaw.NO_KEYS),
        arguments(RSA, KeySetFlaw.NO_KEYS),
        arguments(hundredAndOne, KeySetFlaw.TOO_MANY),
        arguments("{\"keys\":[]}" + " ".repeat(KeySet.MAX_BYTES), KeySetFlaw.TOO_LARGE));
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void parse_notAKeySet_isMalformed(String json, KeySetFlaw flaw) {
    assertThat(KeySet.parse(json.getBytes(UTF_8)).fold(set -> "read", KeySetFlaw::name))
        .isEqualTo(flaw.name());
  }

  @Test
  void parse_longestSet_isRead() {
    String[] keys =
        IntStream.range(0, KeySet.MAX_KEYS)
            .mapToObj(i -> with(P_256, "kid", "\"k" + i + "\""))
            .toArray(String[]::new);

    assertThat(parse(keys).keys()).hasSize(KeySet.MAX_KEYS);
    assertThat(parse().isEmpty()).isTrue();
  }

  @Test
  void parse_membersItDoesNotKnow_areIgnored() {
    KeySet set =
        parse(
            with(RSA, "x5u", "\"https://evil.example\""),
            with(with(P_256, "x5c", "[\"AAAA\"]"), "ext", "true"),
            with(ED, "use", "\"jwt-svid\""),
            with(without(P_384, "kid"), "key_ops", "[\"verify\",\"encrypt\"]"));

    assertThat(set.findings()).isEmpty();
    assertThat(set.keys()).hasSize(4);
  }

  @Test
  void find_keyWithoutAlgorithm_takesWhatTheSettingsAllowForItsKind() {
    KeySet set = parse(without(RSA, "alg"));
    Set<Algorithm> allowed = EnumSet.of(Algorithm.RS256, Algorithm.PS256, Algorithm.ES256);

    assertThat(find(set, "r", Algorithm.RS256, allowed)).isEqualTo("r");
    assertThat(find(set, "r", Algorithm.PS256, allowed)).isEqualTo("r");
    assertThat(find(set, "r", Algorithm.RS512, allowed)).isEqualTo("ALGORITHM_NOT_ALLOWED");
    assertThat(find(set, "r", Algorithm.ES256, allowed)).isEqualTo("UNFIT");
  }

  @ParameterizedTest
  @EnumSource
  void find_keyWithAlgorithm_takesThatAlone(Algorithm algorithm) {
    Set<Algorithm> all = EnumSet.allOf(Algorithm.class);

    assertThat(find(parse(RSA), "r", algorithm, all))
        .isEqualTo(algorithm == Algorithm.RS256 ? "r" : "UNFIT");
    assertThat(find(parse(RSA), "r", algorithm, Collections.emptySet()))
        .isEqualTo("ALGORITHM_NOT_ALLOWED");
  }

  @Test
  void find_withoutId_isTheOnlyKey() {
    Set<Algorithm> all = EnumSet.allOf(Algorithm.class);

    assertThat(find(parse(RSA), null, Algorithm.RS256, all)).isEqualTo("r");
    assertThat(find(parse(RSA), null, Algorithm.ES256, all)).isEqualTo("UNFIT");
    assertThat(find(parse(RSA, P_256), null, Algorithm.RS256, all)).isEqualTo("NOT_NAMED");
    assertThat(find(parse(), null, Algorithm.RS256, all)).isEqualTo("UNKNOWN");
  }

  @Test
  void find_anotherId_isUnknown() {
    Set<Algorithm> all = EnumSet.allOf(Algorithm.class);

    for (String kid : List.of("R", "r ", "../r", "e")) {
      assertThat(find(parse(RSA), kid, Algorithm.RS256, all)).isEqualTo("UNKNOWN");
    }
    assertThat(find(parse(without(RSA, "kid")), "r", Algorithm.RS256, all)).isEqualTo("UNKNOWN");
  }

  private static String find(
      KeySet set, @Nullable String kid, Algorithm algorithm, Set<Algorithm> allowed) {
    return set.find(Optional.ofNullable(kid), algorithm, allowed)
        .fold(key -> key.kid().orElse(""), Enum::name);
  }

  @Test
  void of_keysWithOneId_isRefused() {
    VerificationKey key = TestKeys.key(Algorithm.ES256, "k").verificationKey();
    VerificationKey other = TestKeys.otherKey(Algorithm.ES256).verificationKey();

    assertThatThrownBy(() -> KeySet.of(List.of(key, other, key)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("keys: two keys have the same kid");
    assertThatThrownBy(
            () -> KeySet.of(Collections.nCopies(101, parse(without(ED, "kid")).keys().get(0))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("keys: the key set has more than 100 keys");
  }
}
