package dev.rolecall.proof;

import static dev.rolecall.proof.ProofFields.AUDIENCE;
import static dev.rolecall.proof.ProofFields.BINDING;
import static dev.rolecall.proof.ProofFields.DATE;
import static dev.rolecall.proof.ProofFields.HASH;
import static dev.rolecall.proof.ProofFields.HOST;
import static dev.rolecall.proof.ProofFields.KEY_ID;
import static dev.rolecall.proof.ProofFields.LIFE;
import static dev.rolecall.proof.ProofFields.PREFIX;
import static dev.rolecall.proof.ProofFields.SESSION_TOKEN;
import static dev.rolecall.proof.ProofFields.SESSION_TOKEN_VALUE;
import static dev.rolecall.proof.ProofFields.SIGNATURE;
import static dev.rolecall.proof.ProofFields.SIGNATURE_VALUE;
import static dev.rolecall.proof.ProofFields.wellFormed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.rolecall.identity.Audience;
import dev.rolecall.identity.BindingHash;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The strict reader: one table of what it refuses, one of what it just still accepts. */
@Tag("attack")
final class CallerProofReadTest {

  private static final String TOO_LONG = "at most 5120 characters";
  private static final String NO_PREFIX = "starts with rolecall-v1~";
  private static final String NOT_NINE = "nine fields separated by ~";
  private static final String BAD_HOST = "host is a lower-case host name";
  private static final String BAD_KEY_ID = "access key id is 16 to 128 characters of A-Z 0-9";
  private static final String BAD_DATE = "X-Amz-Date is an instant written yyyymmddThhmmssZ";
  private static final String BAD_LIFE = "X-Amz-Expires is 1 to 900";
  private static final String BAD_AUDIENCE = "audience is 1 to 128 characters of a-z 0-9 . -";
  private static final String BAD_BINDING = "binding is bearer, channel.{hash} or key.{hash}";
  private static final String BAD_SIGNATURE = "signature is 64 lower-case hexadecimal digits";
  private static final String BAD_TOKEN =
      "session token is up to 4096 characters of base64 or base64url";
  private static final Set<String> RULES =
      Set.of(
          TOO_LONG,
          NO_PREFIX,
          NOT_NINE,
          BAD_HOST,
          BAD_KEY_ID,
          BAD_DATE,
          BAD_LIFE,
          BAD_AUDIENCE,
          BAD_BINDING,
          BAD_SIGNATURE,
          BAD_TOKEN);

  static Stream<Arguments> malformedTexts() {
    String good = wellFormed().text();
    return Stream.of(
        arguments("empty", "", NO_PREFIX),
        arguments("prefix only", "rolecall-v1", NOT_NINE),
        arguments("prefix and a tilde", "rolecall-v1~", NOT_NINE),
        arguments("tildes only", "~".repeat(8), NO_PREFIX),
        arguments("prefix and tildes", "rolecall-v1" + "~".repeat(8), BAD_AUDIENCE),
        arguments("another version", wellFormed().with(PREFIX, "rolecall-v2").text(), NO_PREFIX),
        arguments("a longer version", wellFormed().with(PREFIX, "rolecall-v12").text(), NO_PREFIX),
        arguments("a longer version alone", "rolecall-v12", NO_PREFIX),
        arguments("prefix in capitals", wellFormed().with(PREFIX, "ROLECALL-V1").text(), NO_PREFIX),
        arguments("prefix with a space", " " + good, NO_PREFIX),
        arguments("scheme left on", "Bearer " + good, NO_PREFIX),
        arguments("foreign format", "k8s-aws-v1.aHR0cHM6Ly9zdHM", NO_PREFIX),
        arguments("eight fields", good.substring(0, good.lastIndexOf('~')), NOT_NINE),
        arguments("ten fields", good + "~", NOT_NINE),
        arguments("eleven fields", good + "~more~", NOT_NINE),
        arguments("cut in the middle", good.substring(0, good.length() / 2), NOT_NINE),
        arguments("two proofs", good + "," + good, NOT_NINE),
        arguments("text after it", good + " more", BAD_TOKEN),
        arguments("over-long by one", "~".repeat(CallerProof.MAX_LENGTH + 1), TOO_LONG),
        arguments("over-long and well begun", good + "A".repeat(5_120), TOO_LONG),
        arguments("longest, right prefix", atLength(CallerProof.MAX_LENGTH), NOT_NINE),
        arguments("longest, wrong prefix", "~".repeat(CallerProof.MAX_LENGTH), NO_PREFIX));
  }

  private static String atLength(int characters) {
    return "rolecall-v1" + "~".repeat(characters - "rolecall-v1".length());
  }

  static Stream<Arguments> malformedFields() {
    return Stream.of(
            fields(
                HOST,
                BAD_HOST,
                "",
                "STS.eu-west-1.amazonaws.com",
                "sts.eu-west-1.amazonaws.com.",
                ".amazonaws.com",
                "-sts.amazonaws.com",
                "sts.amazonaws.com-",
                "user@sts.amazonaws.com",
                "user:word@sts.amazonaws.com",
                "sts.amazonaws.com:",
                "sts.amazonaws.com:0",
                "sts.amazonaws.com:0443",
                "sts.amazonaws.com:443443",
                "sts.amazonaws.com:443:443",
                "sts.amazonaws.com:x",
                "sts.amazonaws.com/",
                "sts.amazonaws.com/x",
                "sts.amazonaws.com\\.evil.com",
                "sts.amazonaws.com?x",
                "sts.amazonaws.com#x",
                "sts.amazonaws.com%23.evil.com",
                "sts.amazonaws.com%2eevil.com",
                "https://sts.amazonaws.com",
                "[::1]",
                "::1",
                "\u017fts.amazonaws.com",
                "st\u0131s.amazonaws.com",
                "sts\u3002amazonaws.com",
                "sts.amazonaws.com\u0000",
                "sts.amazonaws.com\r\nhost: evil",
                "sts amazonaws com",
                "a".repeat(254)),
            fields(
                KEY_ID,
                BAD_KEY_ID,
                "",
                "A".repeat(15),
                "A".repeat(129),
                "asiaexample000000001",
                "ASIAEXAMPLE00000000!",
                "ASIA/20261121/evil.com",
                "ASIAEXAMPLE\u0660\u0661\u0662\u0663\u0664",
                "ASIAEXAMPLE000000001\n"),
            fields(
                DATE,
                BAD_DATE,
                "",
                "20261121T221845",
                "20261121T221845z",
                "20261121t221845Z",
                "20261121 221845Z",
                "2026-11-21T22:18:45Z",
                "20260230T000000Z",
                "20250229T000000Z",
                "20260431T000000Z",
                "20261301T000000Z",
                "20260001T000000Z",
                "20260100T000000Z",
                "20260132T000000Z",
                "20260101T240000Z",
                "20260101T236000Z",
                "20260101T235960Z",
                "20260101T235999Z",
                "120260101T000000Z",
                "+2026101T000000Z",
                "-0010101T000000Z",
                "\u0662\u0660\u0662\u0666\u0661\u0661\u0662\u0661T221845Z",
                "20261121T221845Z\n"),
            fields(
                LIFE,
                BAD_LIFE,
                "",
                "0",
                "00",
                "901",
                "999",
                "0900",
                "+900",
                "-1",
                "9e2",
                "9.0",
                "900.0",
                " 900",
                "900 ",
                "0x10",
                "1000",
                "2147483648",
                "\u0669",
                "PT15M"),
            fields(
                AUDIENCE,
                BAD_AUDIENCE,
                "",
                "Orders",
                "ORDERS",
                ".orders",
                "orders.",
                "-orders",
                "orders-",
                "orders_eu",
                "orders/billing",
                "orders billing",
                "orders\u0000",
                "orders\n",
                "order\u017f",
                "%6frders",
                "a".repeat(129)),
            fields(
                BINDING,
                BAD_BINDING,
                "",
                "Bearer",
                "BEARER",
                "none",
                "bearer.",
                "bearer." + HASH,
                "channel",
                "channel.",
                "channel" + HASH,
                "Channel." + HASH,
                "channel." + HASH.substring(1),
                "channel." + HASH + "A",
                "channel." + HASH + "=",
                "channel." + HASH.substring(0, 42) + "V",
                "channel." + HASH.substring(0, 42) + "W",
                "channel." + HASH.substring(0, 42) + "X",
                "channel." + HASH.replace('-', '+'),
                "channel." + HASH.replace('_', '/'),
                "channel.key." + HASH,
                "key",
                "key.",
                "Key." + HASH,
                "key." + HASH.substring(0, 42) + "V",
                "certificate." + HASH),
            fields(
                SIGNATURE,
                BAD_SIGNATURE,
                "",
                SIGNATURE_VALUE.substring(1),
                SIGNATURE_VALUE + "0",
                SIGNATURE_VALUE.toUpperCase(Locale.ROOT),
                "g" + SIGNATURE_VALUE.substring(1),
                " " + SIGNATURE_VALUE.substring(1),
                "\u0660" + SIGNATURE_VALUE.substring(1)),
            fields(
                SESSION_TOKEN,
                BAD_TOKEN,
                "===",
                "a=b",
                "=a",
                "a===",
                "a b",
                "a%2Fb",
                "a\u0000",
                "a\r\nx: y",
                "a\t",
                "a.b",
                "a,b",
                "\u00e9",
                "a".repeat(4_097)))
        .flatMap(rows -> rows);
  }

  private static Stream<Arguments> fields(int field, String rule, String... values) {
    return Stream.of(values)
        .map(value -> arguments("field " + field, wellFormed().with(field, value).text(), rule));
  }

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource({"malformedTexts", "malformedFields"})
  void read_malformedText_namesTheRuleAndNothingOfTheText(String what, String text, String rule) {
    assertThat(ruleBrokenBy(text)).as(what).isEqualTo(rule);
  }

  static Stream<Arguments> boundaries() {
    return Stream.of(
        arguments(HOST, "a"),
        arguments(HOST, "a".repeat(253)),
        arguments(HOST, "127.0.0.1:8080"),
        arguments(HOST, "a".repeat(253) + ":65535"),
        // Well-formed and nobody's: the endpoint table refuses these, the format does not.
        arguments(HOST, "sts.amazonaws.com.evil.com"),
        arguments(HOST, "sts.s3.amazonaws.com"),
        arguments(HOST, "169.254.169.254"),
        arguments(KEY_ID, "A".repeat(16)),
        arguments(KEY_ID, "9".repeat(128)),
        arguments(DATE, "00010101T000000Z"),
        arguments(DATE, "99991231T235959Z"),
        arguments(DATE, "20240229T235959Z"),
        arguments(LIFE, "1"),
        arguments(LIFE, "900"),
        arguments(AUDIENCE, "a"),
        arguments(AUDIENCE, "a".repeat(128)),
        arguments(AUDIENCE, "a..b--c"),
        arguments(BINDING, "bearer"),
        arguments(BINDING, "key." + HASH),
        arguments(BINDING, "channel." + "A".repeat(43)),
        arguments(SESSION_TOKEN, ""),
        arguments(SESSION_TOKEN, "a".repeat(4_096)),
        arguments(SESSION_TOKEN, "a".repeat(4_096) + "=="));
  }

  @ParameterizedTest
  @MethodSource("boundaries")
  void read_valueOnTheBoundary_isWellFormed(int field, String value) {
    String text = wellFormed().with(field, value).text();

    assertThat(ReadProofs.wellFormed(text).text()).isEqualTo(text);
  }

  @Test
  void read_everyFieldAtItsLongest_isWellFormed() {
    String noToken =
        wellFormed()
            .with(HOST, "a".repeat(253))
            .with(KEY_ID, "A".repeat(128))
            .with(AUDIENCE, "a".repeat(128))
            .with(SESSION_TOKEN, "")
            .text();
    String text = noToken + "t".repeat(4_096);

    // No well-formed proof reaches the limit: every field at its longest stays below.
    assertThat(text.length()).isLessThan(CallerProof.MAX_LENGTH);
    assertThat(ReadProofs.wellFormed(text).sessionToken()).hasSize(4_096);
  }

  @Test
  void read_wellFormed_givesEachField() {
    CallerProof proof = ReadProofs.wellFormed(wellFormed().text());

    assertThat(proof.host()).isEqualTo(StsHost.parse("sts.eu-west-1.amazonaws.com"));
    assertThat(proof.accessKeyId()).isEqualTo("ASIAEXAMPLE000000001");
    assertThat(proof.amzDate()).isEqualTo("20261121T221845Z");
    assertThat(proof.signedAt()).isEqualTo(Instant.parse("2026-11-21T22:18:45Z"));
    assertThat(proof.life()).isEqualTo(Duration.ofMinutes(15));
    assertThat(proof.audience()).isEqualTo(Audience.of("orders"));
    assertThat(proof.binding()).isEqualTo(new ProofBinding.Channel(new BindingHash(HASH)));
    assertThat(proof.signature()).isEqualTo(SIGNATURE_VALUE);
    assertThat(proof.sessionToken()).isEqualTo(SESSION_TOKEN_VALUE);
  }

  @Test
  void read_anyOneCharacterReplaced_isTheSameTextOrAFixedRule() {
    String good = wellFormed().text();
    Random random = new Random(20_261_121L);
    for (int i = 0; i < 20_000; i++) {
      int at = random.nextInt(good.length());
      String text = good.substring(0, at) + (char) random.nextInt(0x180) + good.substring(at + 1);

      String outcome =
          CallerProof.read(text).fold(proof -> proof.text(), malformed -> malformed.rule());

      assertThat(outcome.equals(text) || RULES.contains(outcome)).as(text).isTrue();
    }
  }

  @Test
  void read_everyPrefixOfAProof_isMalformedUntilTheTokenBegins() {
    String good = wellFormed().text();
    int tokenAt = good.lastIndexOf('~') + 1;
    for (int length = 0; length < tokenAt; length++) {
      assertThat(RULES).contains(ruleBrokenBy(good.substring(0, length)));
    }
  }

  private static String ruleBrokenBy(String text) {
    return CallerProof.read(text)
        .fold(proof -> "well-formed: " + proof.text(), malformed -> malformed.rule());
  }
}
