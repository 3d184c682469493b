package dev.rolecall.jwt.ring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.jwt.key.Algorithm;
import dev.rolecall.jwt.key.KeySet;
import dev.rolecall.testsupport.CapturedLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The file of a key ring: made, rotated, followed. Keys of P-256, which are made at once. */
final class KeyRingFileTest {

  private static final Instant START = Instant.parse("2026-11-21T22:18:45Z");

  @TempDir private Path folder;

  private final SecureRandom random = new SecureRandom();

  private Path path() {
    return folder.resolve("ring.json");
  }

  private KeyRingFile ring() {
    return KeyRingFile.at(path());
  }

  private List<String> made() {
    return ring().create(Algorithm.ES256, START, random);
  }

  private static List<String> ids(KeySet keys) {
    return keys.keys().stream().map(key -> key.kid().orElseThrow()).toList();
  }

  @Test
  void create_isForItsOwnerAlone_andHasTwoKeys() throws IOException {
    assertThat(made()).hasSize(2).doesNotHaveDuplicates();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path())))
        .isEqualTo("rw-------");
  }

  @Test
  void create_fileThatIsThere_isRefused_andStays() throws IOException {
    made();
    byte[] before = Files.readAllBytes(path());

    assertThatThrownBy(this::made)
        .isInstanceOf(KeyRingFileException.class)
        .hasMessage(path() + ": there already (expected: none)");
    assertThat(Files.readAllBytes(path())).isEqualTo(before);
  }

  @Test
  void create_anotherAlgorithm_isRefused() {
    assertThatThrownBy(() -> ring().create(Algorithm.EDDSA, START, random))
        .hasMessage("algorithm: EdDSA (expected: RS256 or ES256)");
  }

  @Test
  void create_rsa_canBeReadAgain() {
    List<String> made = ring().create(Algorithm.RS256, START, random);

    assertThat(ids(ring().read(random).published())).isEqualTo(made);
    assertThat(ring().read(random).current().key().algorithm()).isEqualTo(Algorithm.RS256);
  }

  @Test
  void rotate_after2Hours_signsWithTheNextKey_andKeepsTheLastOne() {
    List<String> before = made();

    List<String> after = ring().rotate(START.plus(Duration.ofHours(2)), random);

    assertThat(after).hasSize(3).startsWith(before.get(0), before.get(1)).doesNotHaveDuplicates();
    assertThat(ring().read(random).current().key().kid()).isEqualTo(before.get(1));
  }

  @Test
  void rotate_before2Hours_isRefused_andStays() throws IOException {
    made();
    byte[] before = Files.readAllBytes(path());

    assertThatThrownBy(() -> ring().rotate(START.plus(Duration.ofMinutes(119)), random))
        .isInstanceOf(KeyRingFileException.class)
        .hasMessage(
            path()
                + ": rotated at 2026-11-21T22:18:45Z (expected: not before 2026-11-22T00:18:45Z,"
                + " so that verifiers know the next key)");
    assertThat(Files.readAllBytes(path())).isEqualTo(before);
    assertThat(folder).isDirectoryNotContaining("glob:**.new");
  }

  @Test
  void rotate_threeTimes_dropsTheFirstKey() {
    String first = made().get(0);
    Instant later = START;
    for (int i = 0; i < 2; i++) {
      later = later.plus(Duration.ofDays(1));
      ring().rotate(later, random);
    }

    assertThat(ids(ring().read(random).published())).hasSize(3).doesNotContain(first);
  }

  @Test
  void replaceAll_keepsNoKey() {
    List<String> before = made();

    List<String> after = ring().replaceAllKeysAndRefuseTheirTokens(START.plusSeconds(1), random);

    assertThat(after).hasSize(2).doesNotContainAnyElementsOf(before);
    assertThat(ids(ring().read(random).published())).isEqualTo(after);
  }

  @Test
  void rotate_whileAnotherChangeIsUnderWay_isRefused() throws IOException {
    made();
    Files.createFile(folder.resolve("ring.json.new"));

    assertThatThrownBy(() -> ring().rotate(START.plus(Duration.ofDays(1)), random))
        .isInstanceOf(KeyRingFileException.class)
        .hasMessageContaining("another change is under way");
  }

  @Test
  void read_fileThatIsNotThere_isRefused() {
    assertThatThrownBy(() -> ring().read(random))
        .hasMessage(path() + ": the file cannot be read: no such file");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "{\"key_ring\":2}",
        "{\"key_ring\":\"1\"}",
        "{\"key_ring\":1}",
        "{\"key_ring\":1,\"key_ring\":1}",
        "{\"key_ring\":1,\"other\":1}",
        "{\"key_ring\":1,\"algorithm\":\"HS256\",\"rotated\":\"2026-11-21T22:18:45Z\"}",
        "{\"key_ring\":1,\"algorithm\":\"none\"}",
        "{\"key_ring\":1,\"algorithm\":\"RS256\",\"rotated\":\"soon\",\"current\":\"x\",\"next\":\"y\"}",
        "{\"key_ring\":1,\"algorithm\":\"RS256\",\"rotated\":\"2026-11-21T22:18:45Z\",\"current\":\"c0ffee\",\"next\":\"c0ffee\"}",
      })
  void read_anythingElse_isRefused_andNotQuoted(String text) throws IOException {
    Files.writeString(path(), text);

    assertThatThrownBy(() -> ring().read(random))
        .isInstanceOf(KeyRingFileException.class)
        .hasMessageStartingWith(path() + ": ")
        .hasMessageEndingWith("(expected: a key ring, as 'rolecall exchange rotate' makes one)")
        .hasMessageNotContaining("c0ffee");
  }

  @Test
  void read_oneKeyTwice_isRefused() throws IOException {
    made();
    StoredRing ring = ring().read(random);
    StoredRing twice =
        new StoredRing(
            ring.algorithm(), ring.rotated(), Optional.empty(), ring.current(), ring.current());
    Files.write(path(), KeyRingText.of(twice));

    assertThatThrownBy(() -> ring().read(random)).hasMessageContaining("a key stands twice");
  }

  @Test
  void read_keyOfAnotherAlgorithm_isRefused() throws IOException {
    made();
    Files.writeString(path(), Files.readString(path()).replace("ES256", "RS256"));

    assertThatThrownBy(() -> ring().read(random)).hasMessageContaining("private key: ");
  }

  @Test
  void look_change_isInForceAfterTwoChecks() {
    List<String> before = made();
    FollowedKeys keys = new FollowedKeys(ring());
    ring().rotate(START.plus(Duration.ofDays(1)), random);

    keys.look();
    assertThat(keys.current().kid()).isEqualTo(before.get(0));
    keys.look();
    assertThat(keys.current().kid()).isEqualTo(before.get(1));
    assertThat(keys.published().keys()).hasSize(3);
  }

  @Test
  void look_fileThatIsBroken_leavesTheLastGoodKeys_andIsLoggedOnce() throws IOException {
    List<String> before = made();
    try (CapturedLog log = CapturedLog.of("rolecall.keys", Level.ALL)) {
      FollowedKeys keys = new FollowedKeys(ring());
      byte[] good = Files.readAllBytes(path());
      Files.writeString(path(), "{\"key_ring\":1}");
      for (int i = 0; i < 4; i++) {
        keys.look();
      }
      Files.delete(path());
      for (int i = 0; i < 4; i++) {
        keys.look();
      }

      assertThat(keys.current().kid()).isEqualTo(before.get(0));
      assertThat(log.at(Level.WARNING)).hasSize(2);
      Files.write(path(), good);
      keys.look();
      keys.look();
      assertThat(keys.current().kid()).isEqualTo(before.get(0));
      assertThat(log.text()).doesNotContain("PRIVATE KEY");
    }
  }

  @Test
  void look_fileThatOthersCanRead_isWarnedOf() throws IOException {
    made();
    Files.setPosixFilePermissions(path(), PosixFilePermissions.fromString("rw-r--r--"));
    try (CapturedLog log = CapturedLog.of("rolecall.keys", Level.ALL)) {
      new FollowedKeys(ring()).close();

      assertThat(log.with("every user of this machine can read the keys")).hasSize(1);
    }
  }

  @Test
  void values_maskTheirKeys() throws IOException {
    made();
    StoredRing ring = ring().read(random);

    assertThat(ring.toString() + ring.current() + ring.current().key())
        .doesNotContain("PRIVATE")
        .contains("****");
    assertThat(Files.readString(path(), UTF_8)).contains("PRIVATE KEY");
  }
}
