package dev.rolecall.apikeys;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The strict reader of a file of keys. */
@Tag("attack")
final class KeyFileTextTest {

  private static final Instant NOW = Instant.parse("2026-11-29T20:00:00Z");
  private static final String HASH = "ab".repeat(32);
  private static final String LINE =
      "{\"id\":\"0123456789Ab\",\"name\":\"ci\",\"created\":\"2026-11-29T20:00:00Z\","
          + "\"not_after\":\"2027-02-27T20:00:00Z\",\"disabled\":false,\"sha256\":\""
          + HASH
          + "\"}";

  private static List<StoredKey> read(String text) {
    return KeyFileText.read("keys.jsonl", text.getBytes(ISO_8859_1), NOW);
  }

  private static String with(String line) {
    return KeyLine.HEADER + "\n" + line + "\n";
  }

  private static String other(int number) {
    return LINE.replace("0123456789Ab", "0123456789A" + number)
        .replace(HASH, HASH.replaceFirst("ab", "0" + number));
  }

  @Test
  void read_oneKey_isThatKeyAndIsWrittenAsItWas() {
    List<StoredKey> keys = read(with(LINE));

    assertThat(keys).hasSize(1);
    assertThat(keys.get(0).client()).isEqualTo(KeyBench.CI);
    assertThat(keys.get(0).created()).isEqualTo(NOW);
    assertThat(keys.get(0).disabled()).isFalse();
    assertThat(new String(KeyFileText.of(keys), ISO_8859_1)).isEqualTo(with(LINE));
  }

  @Test
  void read_headerAlone_isAFileWithoutKeys() {
    assertThat(read(KeyLine.HEADER + "\n")).isEmpty();
  }

  @Test
  void read_fieldsInAnotherOrderAndWithSpaces_areTheSameKey() {
    String spaced =
        "{ \"sha256\": \""
            + HASH
            + "\", \"disabled\": false, \"not_after\": \"2027-02-27T20:00:00Z\","
            + " \"created\": \"2026-11-29T20:00:00Z\", \"name\": \"ci\", \"id\": \"0123456789Ab\" }";

    assertThat(read(with(spaced))).isEqualTo(read(with(LINE)));
  }

  @Test
  void read_lineOfTheLongestLength_isAKey() {
    String longest = LINE.replace("{", "{" + " ".repeat(1_024 - LINE.length()));

    assertThat(read(with(longest))).isEqualTo(read(with(LINE)));
    assertThatThrownBy(() -> read(with(longest.replace("{", "{ "))))
        .hasMessageContaining(":2: too long (expected: at most 1024 characters)");
  }

  @Test
  void read_fileOfTheLargestSize_isRead() {
    String largest =
        KeyLine.HEADER + "\n" + " ".repeat((1 << 20) - KeyLine.HEADER.length() - 2) + "\n";

    assertThat(largest).hasSize(1 << 20);
    assertThatThrownBy(() -> read(largest)).hasMessageContaining(":2: too long");
    assertThatThrownBy(() -> read(largest + "\n")).hasMessageContaining(": too large");
  }

  static Stream<Arguments> wrong() {
    return Stream.of(
        Arguments.of("", ":1: not a file of API keys"),
        Arguments.of("\n", ":1: not a file of API keys"),
        Arguments.of(LINE + "\n", ":1: not a file of API keys"),
        Arguments.of(KeyLine.HEADER.replace("1}", "2}") + "\n", ":1: not a file of API keys"),
        Arguments.of("\u00ef\u00bb\u00bf" + with(LINE), ":1: a byte that is no printable ASCII"),
        Arguments.of(KeyLine.HEADER, ":1: cut off"),
        Arguments.of(KeyLine.HEADER + "\n" + LINE, ":2: cut off"),
        Arguments.of(KeyLine.HEADER + "\n" + LINE.substring(0, 40), ":2: cut off"),
        Arguments.of(with(LINE).replace("\n", "\r\n"), ":1: a byte that is no printable ASCII"),
        Arguments.of(with(LINE.replace("ci", "ci\u001f")), ":2: a byte that is no printable ASCII"),
        Arguments.of(with(LINE.replace("ci", "ci\u007f")), ":2: a byte that is no printable ASCII"),
        Arguments.of(with(LINE.replace("ci", "ci~")), ":2: API client: ci~ (expected"),
        Arguments.of(with(""), ":2: not one JSON object"),
        Arguments.of(with("# a comment"), ":2: not one JSON object"),
        Arguments.of(with("[]"), ":2: not one JSON object"),
        Arguments.of(with("{}"), ":2: id: missing (expected: a string)"),
        Arguments.of(with(LINE + " {}"), ":2: not one JSON object"),
        Arguments.of(with(LINE.substring(0, LINE.length() - 1)), ":2: not one JSON object"),
        Arguments.of(with(LINE.replace("{", "{\"id\":\"0123456789Ac\",")), ":2: not one JSON"),
        Arguments.of(with(LINE.replace("\"name\"", "\"Name\"")), ":2: field: Name (expected: one"),
        Arguments.of(with(LINE.replace("}", ",\"scope\":\"all\"}")), ":2: field: scope"),
        Arguments.of(with(LINE.replace("\"disabled\":false,", "")), ":2: disabled: missing"),
        Arguments.of(with(LINE.replace("false", "\"false\"")), ":2: disabled: another kind"),
        Arguments.of(with(LINE.replace("false", "null")), ":2: disabled: another kind"),
        Arguments.of(with(LINE.replace("false", "0")), ":2: disabled: another kind"),
        Arguments.of(with(LINE.replace("false", "{\"a\":{}}")), ":2: not one JSON object"),
        Arguments.of(with(LINE.replace("\"ci\"", "true")), ":2: name: another kind"),
        Arguments.of(with(LINE.replace("\"ci\"", "\"CI\"")), ":2: API client: CI"),
        Arguments.of(with(LINE.replace("\"ci\"", "\"*\"")), ":2: API client: *"),
        Arguments.of(with(LINE.replace("\"ci\"", "\"\\u0441i\"")), ":2: API client: \\u{441}i"),
        Arguments.of(with(LINE.replace("89Ab", "89A")), ":2: key id: 0123456789A"),
        Arguments.of(with(LINE.replace(HASH, HASH.toUpperCase(Locale.ROOT))), ":2: sha256: not"),
        Arguments.of(with(LINE.replace(HASH, HASH + "0")), ":2: sha256: not a hash"),
        Arguments.of(with(LINE.replace("2027-02-27T20:00:00Z", "never")), ":2: not_after: never"),
        Arguments.of(with(LINE.replace("2027-02-27T20:00:00Z", "")), ":2: not_after:  (expected"),
        Arguments.of(
            with(LINE.replace("2027-02-27T20:00:00Z", "2027-02-27T21:00:00+01:00")),
            ":2: not_after: 2027-02-27T21:00:00+01:00"),
        Arguments.of(
            with(LINE.replace("2027-02-27T20:00:00Z", "2026-11-29T20:00:00Z")),
            ":2: not_after: 2026-11-29T20:00:00Z"),
        Arguments.of(
            with(LINE.replace("2027-02-27T20:00:00Z", "2027-11-30T20:00:01Z")),
            "(expected: after 2026-11-29T20:00:00Z, by at most 366 days)"),
        Arguments.of(
            with(LINE.replace("2027-02-27T20:00:00Z", "+1000000000-12-31T23:59:59Z")),
            ":2: not_after: +1000000000"),
        Arguments.of(with(LINE.replace("\"ci\"", "\"" + "c".repeat(1_024) + "\"")), ":2: too long"),
        Arguments.of(with(LINE + "\n" + LINE), ":3: key 0123456789Ab: its id or sha256"),
        Arguments.of(
            with(LINE + "\n" + LINE.replace("89Ab", "89Ac")),
            ":3: key 0123456789Ac: its id or sha256"),
        Arguments.of(
            with(LINE + "\n" + other(1) + "\n" + other(2)),
            ":4: key 0123456789A2: a third live key of ci"),
        Arguments.of(
            KeyLine.HEADER + "\n" + " ".repeat(1 << 20), ": too large (expected: at most 1048576"));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void read_anythingElse_isRefusedWithItsLine(String text, String message) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(KeyFileException.class)
        .hasMessageStartingWith("keys.jsonl:")
        .hasMessageContaining(message)
        .extracting(Throwable::getMessage)
        .asString()
        .doesNotContain(HASH);
  }

  @Test
  void read_threeKeysOfWhichOneIsDisabledOrOver_areTwoLiveOnes() {
    String disabled = other(2).replace("false", "true");
    String over =
        other(3)
            .replace("2026-11-29T20:00:00Z", "2026-01-01T00:00:00Z")
            .replace("2027-02-27T20:00:00Z", "2026-11-29T19:59:59Z");

    assertThat(read(with(LINE + "\n" + other(1) + "\n" + disabled + "\n" + over))).hasSize(4);
  }

  @Test
  void read_longestLife_isAKey() {
    assertThat(read(with(LINE.replace("2027-02-27T20:00:00Z", "2027-11-30T20:00:00Z")))).hasSize(1);
  }
}
