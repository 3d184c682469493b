package dev.rolecall.proxy.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.testsupport.TestCertificate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Envoy takes each configuration that is shipped. */
final class ShippedFilesTest {

  @TempDir Path folder;

  static List<Path> files() {
    return ShippedFile.all();
  }

  @ParameterizedTest
  @MethodSource("files")
  void file_isTakenByEnvoy_withoutAWarning(Path file) throws Exception {
    TestCertificate.generate().writePem(folder.resolve("tls.crt"), folder.resolve("tls.key"));
    Files.writeString(folder.resolve("client-secret"), "s3cret");
    Files.writeString(folder.resolve("cookie-key"), "k".repeat(32));

    assertThat(RealEnvoy.validated(folder, ShippedFile.at(file).withSecretsOf(folder).text()))
        .contains(" OK\n")
        .endsWith("exit code 0")
        .doesNotContainIgnoringCase("deprecated");
  }

  @Test
  void file_thatIsWrong_isRefused() throws Exception {
    String wrong =
        ShippedFile.named("sidecar.yaml").with("validate_mutations", "validate_it").text();

    assertThat(RealEnvoy.validated(folder, wrong)).doesNotEndWith("exit code 0");
  }
}
