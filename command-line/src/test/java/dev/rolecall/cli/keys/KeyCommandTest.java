package dev.rolecall.cli.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.cli.CommandRun;
import dev.rolecall.cli.terminal.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Issuing, listing and disabling keys from a shell. */
final class KeyCommandTest {

  private static final Pattern KEY = Pattern.compile("rck_([0-9A-Za-z]{12})_[0-9A-Za-z]{49}\n");

  @TempDir private Path folder;

  private Path file;

  @BeforeEach
  void begin() {
    file = folder.resolve("keys.jsonl");
  }

  private CommandRun key(String command) {
    return CommandRun.of(("key " + command.replace("KEYS", "--keys " + file)).split(" ", -1));
  }

  private CommandRun issue() {
    CommandRun run = key("new ci KEYS --expires P90D");
    assertThat(run.status()).isEqualTo(ExitStatus.YES);
    return run;
  }

  private static String idOf(CommandRun run) {
    Matcher key = KEY.matcher(run.out());
    assertThat(key.matches()).isTrue();
    return key.group(1);
  }

  @Test
  void new_prints_theKeyOnceAndSaysWhereItsHashIs() throws IOException {
    CommandRun run = issue();
    String id = idOf(run);

    assertThat(run.errUnbroken())
        .contains(file.toString())
        .contains("as key " + id + " of ci, until ")
        .contains("not shown again")
        .doesNotContain(run.out().strip());
    assertThat(Files.readString(file))
        .contains(id)
        .doesNotContain(run.out().strip())
        .doesNotContain(run.out().substring(17, 60));
  }

  @Test
  void new_thirdLiveKeyOfAName_isRefused() throws IOException {
    String first = idOf(issue());
    issue();
    String before = Files.readString(file);
    CommandRun third = key("new ci KEYS --expires P90D");

    assertThat(third.status()).isEqualTo(ExitStatus.NO);
    assertThat(third.out()).isEmpty();
    assertThat(third.err())
        .contains("refused: ci has 2 live keys (expected: at most that)")
        .contains("rolecall key list");
    assertThat(Files.readString(file)).isEqualTo(before);

    assertThat(key("disable " + first + " KEYS").status()).isEqualTo(ExitStatus.YES);
    issue();
  }

  @ParameterizedTest
  @CsvSource({"P90D, P90D", "PT12H, PT12H", "P1W, P7D", "P366D, P366D"})
  void new_duration_isCountedFromNow(String given, Duration life) {
    Instant before = Instant.now().minusSeconds(1);
    assertThat(key("new ci KEYS --expires " + given).status()).isZero();
    Instant after = Instant.now();

    Matcher end =
        Pattern.compile("\"notAfter\":\"([^\"]+)\"").matcher(key("list KEYS --json").out());
    assertThat(end.find()).isTrue();
    assertThat(Instant.parse(end.group(1))).isBetween(before.plus(life), after.plus(life));
  }

  @Test
  void new_periodAndInstant_areEnds() {
    assertThat(key("new months KEYS --expires P6M").status()).isZero();
    String end = Instant.now().plus(Duration.ofDays(3)).toString();
    CommandRun run = key("new instant KEYS --expires " + end);
    assertThat(run.status()).isZero();
    assertThat(run.errUnbroken()).contains("until " + end.substring(0, 19) + "Z");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          new ci KEYS                             | --expires
          new ci --expires P90D                   | --keys
          new KEYS --expires P90D                 | NAME
          new CI KEYS --expires P90D              | API client: CI (expected: 1 to 64 characters
          new key:ci KEYS --expires P90D          | API client: key:ci (expected:
          new ci KEYS --expires soon              | soon (expected: as P90D, P6M, PT12H or 2027
          new ci KEYS --expires P                 | P (expected: as P90D
          new ci KEYS --expires 90D               | 90D (expected: as P90D
          new ci KEYS --expires P367D             | --expires: not_after: 2
          new ci KEYS --expires P2Y               | by at most 366 days)
          new ci KEYS --expires P0D               | --expires: not_after: 2
          new ci KEYS --expires -P1D              | expected: as P90D
          new ci KEYS --expires P-1D              | --expires: not_after: 2
          new ci KEYS --expires 2020-01-01T00:00:00Z | --expires: not_after: 2020-01-01T00:00:00Z
          new ci KEYS --expires P999999999Y       | --expires: beyond every calendar
          disable KEYS                            | ID
          disable short KEYS                      | key id: short (expected: 12 characters
          disable rck_0123456789Ab_x KEYS         | key id: a whole key (expected: the 12 char
          list KEYS                               | --keys: KEYFILE: the file cannot be read: no
          """)
  void usage_wrong_saysWhatWouldBeRightAndMakesNoFile(String command, String words) {
    CommandRun run = key(command.strip());

    assertThat(run.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains(words.strip().replace("KEYFILE", file.toString()));
    assertThat(file).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"new ci KEYS --expires P1D", "list KEYS", "disable 0123456789Ab KEYS"})
  void file_thatIsNone_isNamedWithItsLineAndLeft(String command) throws IOException {
    Files.writeString(file, "name: orders\n");
    CommandRun run = key(command);

    assertThat(run.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
    assertThat(run.err()).contains("--keys: " + file + ":1: not a file of API keys");
    assertThat(file).hasContent("name: orders");
  }

  @Test
  void list_keysOfEachState_fitsATerminalAndHoldsNoSecret() throws IOException {
    CommandRun first = issue();
    String disabled = idOf(first);
    key("disable " + disabled + " KEYS");
    String live = idOf(issue());
    String old =
        "{\"id\":\"0123456789Ab\",\"name\":\"nightly\",\"created\":\"2026-01-01T00:00:00Z\","
            + "\"not_after\":\"2026-02-01T00:00:00Z\",\"disabled\":false,\"sha256\":\""
            + "0".repeat(64)
            + "\"}\n";
    Files.writeString(file, Files.readString(file) + old);

    CommandRun list = key("list KEYS");
    CommandRun json = key("list KEYS --json");

    assertThat(list.status()).isZero();
    assertThat(list.out().lines())
        .hasSize(4)
        .allSatisfy(line -> assertThat(line).hasSizeLessThan(80));
    assertThat(list.out())
        .containsPattern(disabled + "  disabled  20.*Z  20.*Z  ci\n")
        .containsPattern(live + "  live      20.*Z  20.*Z  ci\n")
        .contains("0123456789Ab  expired   2026-01-01T00:00:00Z  2026-02-01T00:00:00Z  nightly\n")
        .doesNotContain(first.out().substring(17, 60))
        .doesNotContain("0".repeat(64));
    assertThat(json.out())
        .startsWith("[{\"id\":\"" + disabled + "\",\"name\":\"ci\",\"created\":\"")
        .contains("\"notAfter\":\"2026-02-01T00:00:00Z\",\"state\":\"expired\"}]")
        .doesNotContain("0".repeat(64));
  }

  @Test
  void disable_key_isForGoodAndSaysWhose() {
    String id = idOf(issue());

    for (int i = 0; i < 2; i++) {
      CommandRun run = key("disable " + id + " KEYS");
      assertThat(run.status()).isZero();
      assertThat(run.out()).isEqualTo("key " + id + " of ci is disabled\n");
    }
    assertThat(key("list KEYS").out()).contains("disabled");
  }

  @Test
  void disable_unknownId_isANo() {
    issue();
    CommandRun run = key("disable 0123456789Ab KEYS");

    assertThat(run.status()).isEqualTo(ExitStatus.NO);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .isEqualTo("rolecall: " + file + ": no key 0123456789Ab (see 'rolecall key list')\n");
  }

  @Test
  void verify_key_saysWhoseItIs() {
    String key = issue().out().strip();
    String[] verify = {"verify", "--audience", "orders", "--api-keys", file.toString(), key};
    CommandRun run = CommandRun.of(verify);

    assertThat(run.status()).isZero();
    assertThat(run.out())
        .startsWith("principal  key:ci\nscheme     api-key\ncredential " + key.substring(4, 16))
        .contains("\nnot after  20");

    key("disable " + key.substring(4, 16) + " KEYS");
    CommandRun disabled = CommandRun.of(verify);
    assertThat(disabled.status()).isEqualTo(ExitStatus.NO);
    assertThat(disabled.err()).contains("CREDENTIAL_INACTIVE").doesNotContain(key);
  }

  @Test
  void verify_withoutTheOption_readsNoKey() {
    String key = issue().out().strip();
    CommandRun run = CommandRun.of("verify", "--audience", "orders", key);

    assertThat(run.status()).isEqualTo(ExitStatus.NO);
    assertThat(run.err()).contains("CREDENTIAL_MALFORMED").doesNotContain(key);
  }

  @Test
  void serve_optionsThatContradictEachOther_areRefused() throws IOException {
    issue();
    Path policy = Files.writeString(folder.resolve("orders.yaml"), "name: orders\n");
    List<String> serve =
        List.of("serve", "--audience", "orders", "--policy", policy.toString(), "--port", "0");

    assertRefused(serve, "--api-keys FILE --plaintext", "a key is refused on a connection without");
    assertRefused(serve, "--accept-api-keys-without-tls", "only with --api-keys and --plaintext");
    assertRefused(
        serve,
        "--api-keys FILE --accept-api-keys-without-tls",
        "only with --api-keys and --plaintext");
    assertRefused(serve, "--api-keys FILE --attested", "--attested and --api-keys: callers come");
    assertRefused(serve, "--api-keys " + policy, "--api-keys: " + policy + ":1: not a file of");
    assertRefused(serve, "--api-keys absent", "--api-keys: absent: the file cannot be read");
  }

  private void assertRefused(List<String> serve, String more, String words) {
    List<String> all = new ArrayList<>(serve);
    all.addAll(List.of(more.replace("FILE", file.toString()).split(" ", -1)));
    CommandRun run = CommandRun.of(all.toArray(String[]::new));

    assertThat(run.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
    assertThat(run.err()).contains(words);
  }
}
