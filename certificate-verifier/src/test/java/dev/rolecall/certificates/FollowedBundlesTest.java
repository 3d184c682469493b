package dev.rolecall.certificates;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.access.scheme.CallerVerifier;
import dev.rolecall.testsupport.TestAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of authorities while a verifier follows them, and their bounds. */
final class FollowedBundlesTest {

  private static final int MOST_BYTES = 1 << 20;

  @TempDir private Path folder;

  private CertificateBench bench;
  private int told;

  @BeforeEach
  void begin() {
    bench = new CertificateBench(folder);
  }

  @AfterEach
  void leave() {
    bench.close();
  }

  private CallerVerifier following() {
    CallerVerifier verifier = bench.scheme().verifier(bench.runtime);
    verifier.onWithdrawal(() -> told++);
    return verifier;
  }

  @Test
  void fileThatChanges_isToldToThoseThatHoldCalls() {
    try (CallerVerifier verifier = following()) {
      bench.reload();
      assertThat(told).as("the same file").isZero();

      TestAuthority.root("mesh").writePem(bench.meshFile);
      bench.reload();
      bench.reload();

      assertThat(verifier).isNotNull();
      assertThat(told).isOne();
    }
  }

  @Test
  void fileThatIsNone_isToldToNone() throws IOException {
    try (CallerVerifier verifier = following()) {
      Files.writeString(bench.meshFile, "no certificate");
      bench.reload();

      assertThat(verifier).isNotNull();
      assertThat(told).isZero();
    }
  }

  @Test
  void fileThatChangesAfterTheEnd_isNotRead() {
    following().close();

    TestAuthority.root("mesh").writePem(bench.meshFile);
    bench.reload();

    assertThat(told).isZero();
  }

  @Test
  void file_ofOneMiB_isRead_andALongerOneIsNot() throws IOException {
    String pem = Files.readString(bench.meshFile, US_ASCII);
    Files.writeString(bench.meshFile, "#".repeat(MOST_BYTES - pem.length() - 1) + "\n" + pem);
    assertThat(bench.meshFile).hasSize(MOST_BYTES);
    bench.scheme().check(bench.time);

    Files.writeString(bench.meshFile, "\n" + Files.readString(bench.meshFile, US_ASCII));
    assertThatThrownBy(() -> bench.scheme().check(bench.time))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(bench.meshFile + ": more than 1048576 bytes (expected: at most as many)");
  }

  @Test
  void scheme_readsClientCertificates() {
    assertThat(bench.scheme().readsClientCertificates()).isTrue();
  }
}
