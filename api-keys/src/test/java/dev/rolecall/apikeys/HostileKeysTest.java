package dev.rolecall.apikeys;

import static dev.rolecall.apikeys.KeyBench.refused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.scheme.CallerVerifier;
import dev.rolecall.access.scheme.Connection;
import dev.rolecall.access.scheme.Credential;
import dev.rolecall.access.scheme.Reading;
import dev.rolecall.identity.RefusalReason;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Keys that are none, each made of a good one. The good one is {@code rck_}, 12 characters of id,
 * {@code _}, 43 of secret, 6 of checksum: 66 in all.
 */
@Tag("attack")
final class HostileKeysTest {

  private static final int SECRET = 17;
  private static final int CHECKSUM = 60;

  @TempDir private Path folder;

  private KeyBench bench;
  private CallerVerifier verifier;
  private ApiKey good;

  @BeforeEach
  void begin() {
    bench = new KeyBench(folder);
    good = bench.issue();
    verifier = bench.verifier();
  }

  @AfterEach
  void leave() {
    verifier.close();
    bench.close();
  }

  /**
   * A way to spoil a key.
   *
   * @param name the way
   * @param header makes the value of the metadata of a good token
   */
  record Spoiled(String name, UnaryOperator<String> header) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Spoiled token(String name, UnaryOperator<String> token) {
    return new Spoiled(name, key -> "Bearer " + token.apply(key));
  }

  private static UnaryOperator<String> at(int index, UnaryOperator<String> character) {
    return key ->
        key.substring(0, index)
            + character.apply(key.substring(index, index + 1))
            + key.substring(index + 1);
  }

  private static UnaryOperator<String> at(int index, String character) {
    return at(index, before -> character);
  }

  /** Another digit in place of that one. */
  private static String other(String digit) {
    return digit.equals("a") ? "b" : "a";
  }

  private static String swapCase(String key) {
    StringBuilder swapped = new StringBuilder(ApiKey.PREFIX);
    key.substring(ApiKey.PREFIX.length())
        .chars()
        .map(c -> Character.isUpperCase(c) ? Character.toLowerCase(c) : Character.toUpperCase(c))
        .forEach(c -> swapped.append((char) c));
    return swapped.toString();
  }

  static Stream<Spoiled> malformed() {
    return Stream.of(
        token("nothing after the prefix", key -> "rck_"),
        token("nothing but underscores", key -> "rck_" + "_".repeat(62)),
        token("the first digit of the id is another", at(4, HostileKeysTest::other)),
        token("the last digit of the id is another", at(15, HostileKeysTest::other)),
        token("the first digit of the secret is another", at(SECRET, HostileKeysTest::other)),
        token("the last digit of the secret is another", at(CHECKSUM - 1, HostileKeysTest::other)),
        token("the first digit of the checksum is another", at(CHECKSUM, HostileKeysTest::other)),
        token("the last digit of the checksum is another", at(65, HostileKeysTest::other)),
        token("the checksum is zero", key -> key.substring(0, CHECKSUM) + "000000"),
        token("the checksum is beyond 32 bits", key -> key.substring(0, CHECKSUM) + "zzzzzz"),
        token("no checksum", key -> key.substring(0, CHECKSUM)),
        token("one character short", key -> key.substring(0, 65)),
        token("one character long", key -> key + "0"),
        token("twice", key -> key + key),
        token("a megabyte", key -> key + "a".repeat(1 << 20)),
        token("no separator", key -> key.substring(0, 16) + key.substring(SECRET) + "0"),
        token("a dash for the separator", at(16, "-")),
        token("the separator one too early", key -> key.replaceFirst("(.)_(.{49})$", "_$1$2")),
        token(
            "id and secret swapped",
            key -> "rck_" + key.substring(SECRET) + "_" + key.substring(4, 16)),
        token("upper and lower case swapped", HostileKeysTest::swapCase),
        token("in lower case", key -> "rck_" + key.substring(4).toLowerCase(Locale.ROOT)),
        token("a space behind", key -> key + " "),
        token("a line feed behind", key -> key + "\n"),
        token("a carriage return behind", key -> key + "\r"),
        token("a null behind", key -> key + "\0"),
        token("a null within the secret", at(SECRET + 5, "\0")),
        token("padding behind", key -> key + "="),
        token("a comma and a second key behind", key -> key + "," + key),
        token("quoted behind the prefix", key -> "rck_\"" + key.substring(4) + "\""),
        token("percent-encoded separator", at(16, "%5F")),
        token("a Cyrillic a within the id", at(8, "\u0430")),
        token("a full-width digit within the id", at(8, "\uff11")),
        token("an Arabic digit within the secret", at(SECRET + 8, "\u0661")),
        token("a zero-width space within the secret", at(SECRET + 8, "\u200b")),
        token("a combining accent behind", key -> key + "\u0301"),
        token("a low line of full width for the separator", at(16, "\uff3f")),
        token("a sign within the checksum", at(CHECKSUM, "+")),
        token("a dot, as of a JWT", at(16, ".")));
  }

  static Stream<Spoiled> ofNoScheme() {
    return Stream.of(
        token("the prefix in upper case", key -> "RCK_" + key.substring(4)),
        token("the prefix in mixed case", key -> "Rck_" + key.substring(4)),
        token("another prefix", key -> "rcs_" + key.substring(4)),
        token("no prefix", key -> key.substring(4)),
        token("a dash in the prefix", key -> "rck-" + key.substring(4)),
        token("a full-width r in the prefix", key -> "\uff52ck_" + key.substring(4)),
        token("a space before", key -> " " + key),
        token("a byte order mark before", key -> "\ufeff" + key),
        token("quoted", key -> '"' + key + '"'),
        token("two schemes", key -> "Bearer " + key),
        new Spoiled("the scheme in lower case", key -> "bearer " + key),
        new Spoiled("no scheme", key -> key),
        new Spoiled("a tab for the space", key -> "Bearer\t" + key),
        new Spoiled("another scheme", key -> "ApiKey " + key),
        new Spoiled("nothing", key -> ""));
  }

  private Reading read(String value) {
    return verifier.read(new Credential.Header(value.getBytes(UTF_8)), KeyBench.TLS);
  }

  @Test
  void read_goodKey_isVerified() {
    assertThat(KeyBench.verified(read("Bearer " + good.text())).principal()).isEqualTo(KeyBench.CI);
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void read_keyOfAnotherForm_isMalformedAndLooksNothingUp(Spoiled spoiled) {
    String value = spoiled.header().apply(good.text());

    assertThat(value).isNotEqualTo("Bearer " + good.text());
    assertThat(KeyBench.refusal(read(value)).reason())
        .isEqualTo(RefusalReason.CREDENTIAL_MALFORMED);
    assertThat(KeyBench.refusal(read(value)).facts()).as("nothing of it is read").isEmpty();
  }

  @ParameterizedTest
  @MethodSource("ofNoScheme")
  void read_textOfAnotherScheme_isNotMine(Spoiled spoiled) {
    assertThat(read(spoiled.header().apply(good.text()))).isEqualTo(Reading.notMine());
  }

  @Test
  void read_otherCredentials_areNotMine() {
    assertThat(verifier.read(Credential.none(), KeyBench.TLS)).isEqualTo(Reading.notMine());
    assertThat(verifier.read(Credential.ambiguous(), KeyBench.TLS)).isEqualTo(Reading.notMine());
  }

  /** Forged with a good checksum, which anyone can compute. */
  @Test
  void read_unknownIdAndWrongSecret_areRefusedAlike() {
    ApiKey ofUnknownId = ApiKey.random(ApiKeyId.random(bench.random), bench.random);
    ApiKey ofWrongSecret = ApiKey.random(good.id(), bench.random);

    Map.of("unknown id", ofUnknownId, "wrong secret", ofWrongSecret)
        .forEach(
            (which, forged) -> {
              assertThat(refused(read("Bearer " + forged.text())))
                  .as(which)
                  .isEqualTo(RefusalReason.ISSUER_REFUSED);
              assertThat(KeyBench.refusal(read("Bearer " + forged.text())).facts())
                  .as(which)
                  .contains(new KeyFacts(forged.id(), false));
            });
  }

  @Test
  void read_stateOfAKey_isToldToTheHolderOfItsSecretAlone() {
    bench.disable(good);
    bench.reload();
    ApiKey guessed = ApiKey.random(good.id(), bench.random);

    assertThat(refused(read("Bearer " + good.text()))).isEqualTo(RefusalReason.CREDENTIAL_INACTIVE);
    assertThat(refused(read("Bearer " + guessed.text()))).isEqualTo(RefusalReason.ISSUER_REFUSED);
  }

  @Test
  void read_keyPastItsEnd_isExpiredForTheHolderOfItsSecretAlone() {
    ApiKey guessed = ApiKey.random(good.id(), bench.random);
    bench.time.advance(KeyBench.LIFE);
    assertThat(KeyBench.verified(read("Bearer " + good.text())).notAfter())
        .as("its last instant")
        .isEqualTo(bench.time.instant());

    bench.time.advance(Duration.ofNanos(1));
    assertThat(refused(read("Bearer " + good.text()))).isEqualTo(RefusalReason.CREDENTIAL_EXPIRED);
    assertThat(refused(read("Bearer " + guessed.text()))).isEqualTo(RefusalReason.ISSUER_REFUSED);
  }

  @Test
  void read_withoutTls_isRefusedWhateverTheKey() {
    ApiKey unknown = ApiKey.random(ApiKeyId.random(bench.random), bench.random);
    for (ApiKey key : new ApiKey[] {good, unknown}) {
      Reading reading =
          verifier.read(Credential.bearer(key.text()), Connection.withoutTls("127.0.0.1"));

      assertThat(refused(reading)).isEqualTo(RefusalReason.BINDING_REQUIRED);
      assertThat(KeyBench.refusal(reading).facts()).contains(new KeyFacts(key.id(), true));
    }
  }

  @Test
  void read_withoutTlsWhereThatIsAccepted_isJudgedAsEver() {
    try (CallerVerifier open =
        bench.scheme().acceptKeysOnConnectionsWithoutTls().verifier(bench.runtime)) {
      Connection plaintext = Connection.withoutTls("127.0.0.1");
      ApiKey forged = ApiKey.random(good.id(), bench.random);

      assertThat(
              KeyBench.verified(open.read(Credential.bearer(good.text()), plaintext)).principal())
          .isEqualTo(KeyBench.CI);
      assertThat(refused(open.read(Credential.bearer(forged.text()), plaintext)))
          .isEqualTo(RefusalReason.ISSUER_REFUSED);
    }
  }
}
