package dev.rolecall.apikeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rolecall.identity.ApiClient;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Issuing, listing and disabling. */
final class KeyFileTest {

  @TempDir private Path folder;

  private KeyBench bench;
  private Instant now;

  @BeforeEach
  void begin() {
    bench = new KeyBench(folder);
    now = bench.time.instant();
  }

  @AfterEach
  void leave() {
    bench.close();
  }

  @Test
  void issue_whereNoFileIs_makesOneThatHoldsTheHashAlone() {
    ApiKey key = bench.issue();

    assertThat(bench.file.read(now))
        .containsExactly(
            new StoredKey(key.id(), KeyBench.CI, now, now.plus(KeyBench.LIFE), false, key.hash()));
    assertThat(bench.text())
        .startsWith("{\"format\":\"rolecall-api-keys\",\"version\":1}\n")
        .contains(key.id().value())
        .contains(key.hash().hex())
        .doesNotContain(key.text())
        .doesNotContain(secret(key));
  }

  private static String secret(ApiKey key) {
    return key.text().substring(17, 60);
  }

  @Test
  void issue_file_isItsOwnersAlone() throws IOException {
    assumeTrue(
        FileSystems.getDefault().supportedFileAttributeViews().contains("posix"),
        "needs a file system with POSIX permissions, such as Linux's");
    bench.issue();
    assertThat(permissions()).isEqualTo("rw-------");

    Files.setPosixFilePermissions(bench.path, PosixFilePermissions.fromString("rw-rw-rw-"));
    bench.issue();
    assertThat(permissions()).isEqualTo("rw-------");
  }

  private String permissions() throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(bench.path));
  }

  @Test
  void issue_eachChange_leavesNothingBeside() throws IOException {
    ApiKey key = bench.issue();
    bench.disable(key);

    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(bench.path);
    }
  }

  @Test
  void issue_thirdLiveKeyOfAClient_isRefusedAndChangesNothing() throws IOException {
    bench.issue();
    bench.issue();
    String before = bench.text();

    assertThat(bench.file.issue(KeyBench.CI, now, now.plus(KeyBench.LIFE), bench.random)).isEmpty();
    assertThat(bench.text()).isEqualTo(before);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(bench.path);
    }
    bench.issue(new ApiClient("other"));
  }

  @Test
  void issue_afterOneIsDisabledOrOver_isGoodAgain() {
    bench.disable(bench.issue());
    bench.issue();
    bench.issue();
    bench.time.advance(KeyBench.LIFE.plusSeconds(1));

    bench.issue();
    assertThat(bench.file.read(bench.time.instant())).hasSize(4);
  }

  @Test
  void issue_life_isBounded() {
    for (Duration life :
        new Duration[] {
          Duration.ZERO, Duration.ofSeconds(-1), StoredKey.LONGEST_LIFE.plusSeconds(1)
        }) {
      assertThatThrownBy(() -> bench.file.issue(KeyBench.CI, now, now.plus(life), bench.random))
          .as("%s", life)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("not_after: ");
    }
    assertThat(bench.path).doesNotExist();
    bench.file.issue(KeyBench.CI, now, now.plus(StoredKey.LONGEST_LIFE), bench.random);
  }

  @Test
  void issue_fileThatIsNone_isRefusedAndLeft() {
    bench.write("a policy\n");

    assertThatThrownBy(bench::issue)
        .isInstanceOf(KeyFileException.class)
        .hasMessageStartingWith(bench.path + ":1: not a file of API keys");
    assertThat(bench.text()).isEqualTo("a policy\n");
  }

  @Test
  void issue_whileAnotherChangeIsUnderWay_isRefusedAndSaysWhatToDo() throws IOException {
    Path fresh = folder.resolve("keys.jsonl.new");
    Files.createFile(fresh);

    assertThatThrownBy(bench::issue)
        .isInstanceOf(KeyFileException.class)
        .hasMessage(
            fresh
                + ": there already (expected: none; another change is under way, or was cut off:"
                + " then remove it)");
    assertThat(fresh).as("the other's").exists();
    assertThat(bench.path).doesNotExist();
  }

  @Test
  void issue_fileBehindALink_isReplacedAndTheLinkStays() throws IOException {
    bench.issue();
    Path link = folder.resolve("link.jsonl");
    try {
      Files.createSymbolicLink(link, bench.path);
    } catch (UnsupportedOperationException e) {
      assumeTrue(false, "needs a file system with symbolic links, such as Linux's");
    }
    KeyFile.at(link).issue(KeyBench.CI, now, now.plus(KeyBench.LIFE), bench.random);

    assertThat(link).isSymbolicLink();
    assertThat(bench.file.read(now)).hasSize(2);
  }

  @Test
  void issue_folderThatIsNotThere_isRefused() {
    KeyFile file = KeyFile.at(folder.resolve("absent").resolve("keys.jsonl"));

    assertThatThrownBy(() -> file.issue(KeyBench.CI, now, now.plus(KeyBench.LIFE), bench.random))
        .isInstanceOf(KeyFileException.class)
        .hasMessageEndingWith(
            "keys.jsonl.new: cannot be written: its folder is not there (expected: an existing"
                + " folder)");
  }

  @Test
  void disable_key_isDisabledAndNothingElse() {
    ApiKey one = bench.issue();
    ApiKey other = bench.issue();
    bench.disable(one);

    assertThat(bench.file.read(now))
        .extracting(StoredKey::id, key -> key.stateAt(now))
        .containsExactly(tuple(one.id(), KeyState.DISABLED), tuple(other.id(), KeyState.LIVE));
    bench.disable(one);
  }

  @Test
  void disable_unknownId_isNone() {
    bench.issue();
    String before = bench.text();

    assertThat(bench.file.disable(ApiKeyId.random(bench.random), now)).isEmpty();
    assertThat(bench.text()).isEqualTo(before);
  }

  @Test
  void disable_fileThatIsNotThere_isRefusedAndMakesNone() {
    assertThatThrownBy(() -> bench.file.disable(ApiKeyId.random(bench.random), now))
        .hasMessage(bench.path + ": the file cannot be read: no such file");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void read_fileThatIsNotThere_isRefused() {
    assertThatThrownBy(() -> bench.file.read(now))
        .isInstanceOf(KeyFileException.class)
        .hasMessage(bench.path + ": the file cannot be read: no such file");
  }

  @Test
  void read_folder_isRefused() {
    assertThatThrownBy(() -> KeyFile.at(folder).read(now))
        .hasMessage(folder + ": the file cannot be read: it is a folder");
  }

  @Test
  void stateAt_ofAKey_isByItsLastInstant() {
    bench.issue();
    StoredKey key = bench.file.read(now).get(0);

    assertThat(key.stateAt(key.notAfter())).isEqualTo(KeyState.LIVE);
    assertThat(key.stateAt(key.notAfter().plusNanos(1))).isEqualTo(KeyState.EXPIRED);
    assertThat(key.asDisabled().stateAt(now)).isEqualTo(KeyState.DISABLED);
    assertThat(key.asDisabled().stateAt(key.notAfter().plusNanos(1))).isEqualTo(KeyState.DISABLED);
    assertThat(KeyState.LIVE.label()).isEqualTo("live");
  }
}
