package dev.rolecall.service.token;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The file of the secret that seals private keys. */
class SealingKeyFileTest {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final byte[] PLAIN = {1, 2, 3};
  private static final String GOOD = Base64.getEncoder().encodeToString(new byte[32]);

  @TempDir Path folder;

  private Path file(String text, String permissions) throws IOException {
    Path file = folder.resolve("key");
    Files.writeString(file, text, US_ASCII);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    return file;
  }

  private static void refused(KeySealing sealing, boolean inUse, String... words) {
    assertThatThrownBy(() -> sealing.open(inUse))
        .isInstanceOf(KeySealingException.class)
        .hasMessageContainingAll(words)
        .hasMessageNotContaining(GOOD);
  }

  @Test
  void besideData_firstStart_makesAFileForItsOwnerAlone() throws IOException {
    SealingKeyFile made = SealingKeyFile.besideData(folder, RANDOM);
    made.open(false);

    assertThat(made.path()).isEqualTo(folder.resolve("sealing.key"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made.path())))
        .isEqualTo("rw-------");
    assertThat(Base64.getDecoder().decode(Files.readString(made.path()))).hasSize(32);
  }

  @Test
  void besideData_laterStart_readsTheFile() {
    SealingKeyFile first = SealingKeyFile.besideData(folder, RANDOM);
    first.open(false);
    String sealed = first.seal("kid", PLAIN);
    SealingKeyFile second = SealingKeyFile.besideData(folder, RANDOM);
    second.open(true);

    assertThat(second.unseal("kid", sealed)).isEqualTo(PLAIN);
  }

  @Test
  void besideData_twoStores_haveTwoSecrets(@TempDir Path other) throws IOException {
    SealingKeyFile one = SealingKeyFile.besideData(folder, RANDOM);
    SealingKeyFile two = SealingKeyFile.besideData(other, RANDOM);
    one.open(false);
    two.open(false);

    assertThat(Files.readString(one.path())).isNotEqualTo(Files.readString(two.path()));
  }

  @Test
  void besideData_fileIsGoneWhileTheStoreHasKeys_makesNoOther() {
    SealingKeyFile lost = SealingKeyFile.besideData(folder, RANDOM);

    refused(lost, true, "sealing.key", "missing", "the file that was used before");
    assertThat(lost.path()).doesNotExist();
  }

  @Test
  void given_fileIsMissing_saysHowToMakeOne() {
    Path missing = folder.resolve("key");

    refused(
        SealingKeyFile.given(missing, RANDOM), false, "no such file", "head -c 32", "chmod 600");
    refused(SealingKeyFile.given(missing, RANDOM), true, "missing");
    assertThat(missing).doesNotExist();
  }

  @Test
  void given_goodFile_isTaken() throws IOException {
    SealingKeyFile sealing = SealingKeyFile.given(file(GOOD + "\n", "r--------"), RANDOM);
    sealing.open(true);

    assertThat(sealing.unseal("kid", sealing.seal("kid", PLAIN))).isEqualTo(PLAIN);
  }

  @Test
  void given_link_countsByTheFileItLeadsTo() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), file(GOOD, "rw-------"));
    SealingKeyFile.given(link, RANDOM).open(true);
    Files.setPosixFilePermissions(
        folder.resolve("key"), PosixFilePermissions.fromString("rw-r--r--"));

    refused(SealingKeyFile.given(link, RANDOM), true, "open to others than its owner");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r--r--", "rw----r--", "rw--w----", "rw-rw----", "rw-----w-"})
  void given_tooOpen_isRefused(String permissions) throws IOException {
    refused(
        SealingKeyFile.given(file(GOOD, permissions), RANDOM),
        true,
        "open to others than its owner",
        "expected: 0600");
  }

  /** As PostgreSQL has it: a mounted secret of Kubernetes belongs to root, and to a group. */
  @ParameterizedTest
  @CsvSource({
    "rw-------, ana, true",
    "r--------, ana, true",
    "rwx------, ana, true",
    "rw-r-----, ana, false",
    "r--r-----, ana, false",
    "r--r-----, root, true",
    "rw-r-----, root, true",
    "rw-rw----, root, false",
    "rw-r-x---, root, false",
    "rw-r--r--, root, false",
    "rw----r--, root, false"
  })
  void flaw_permissionsAndOwner_followOneRule(String permissions, String owner, boolean good) {
    assertThat(
            KeyFilePermissions.flaw(PosixFilePermissions.fromString(permissions), owner).isEmpty())
        .isEqualTo(good);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "AAAA",
        "not base64 at all, and long enough to be one",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==",
        "-----BEGIN PRIVATE KEY-----"
      })
  void given_noKey_isRefusedWithoutAWordOfIt(String text) throws IOException {
    assertThatThrownBy(() -> SealingKeyFile.given(file(text, "rw-------"), RANDOM).open(true))
        .isInstanceOf(KeySealingException.class)
        .hasMessageContaining("no key of 32 bytes in base64")
        .hasMessageNotContaining("BEGIN")
        .hasMessageNotContaining("AAAA")
        .hasNoCause();
  }

  @Test
  void given_longFileOrFolder_isRefused() throws IOException {
    refused(SealingKeyFile.given(file("A".repeat(1_000_000), "rw-------"), RANDOM), true, "no key");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    refused(SealingKeyFile.given(folder, RANDOM), true, "it is not a file");
  }

  @Test
  void seal_beforeItIsOpened_isADefect() {
    SealingKeyFile sealing = SealingKeyFile.besideData(folder, RANDOM);

    assertThatThrownBy(() -> sealing.seal("kid", PLAIN)).isInstanceOf(IllegalStateException.class);
    assertThat(sealing.toString()).contains("sealing.key").contains("****");
  }
}
