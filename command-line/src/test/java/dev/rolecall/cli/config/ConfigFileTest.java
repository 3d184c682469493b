package dev.rolecall.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.cli.failure.CommandFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of a configuration: what cannot be read, or is no YAML. */
final class ConfigFileTest {

  @TempDir Path folder;

  @Test
  void file_thatIsMissing_isNamed() {
    Path missing = folder.resolve("relay.yaml");

    assertThatThrownBy(() -> ConfigFile.at(missing).bytes())
        .isInstanceOf(CommandFailure.class)
        .hasMessage(missing + ": the file cannot be read: no such file");
  }

  @Test
  void file_thatIsTooLarge_isRefused() throws Exception {
    Path file = Files.writeString(folder.resolve("relay.yaml"), "#".repeat(1 << 21));

    assertThatThrownBy(() -> read(file))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("expected: at most 1048576 bytes");
  }

  @Test
  void file_thatIsNoYaml_isToldWithItsPlace() throws Exception {
    Path file = Files.writeString(folder.resolve("relay.yaml"), "port: 1\nroutes: [\n");

    assertThatThrownBy(() -> read(file))
        .isInstanceOf(CommandFailure.class)
        .hasMessageStartingWith(file + ":");
  }

  @Test
  void file_thatIsEmpty_isToldWhatItWants() throws Exception {
    Path file = Files.writeString(folder.resolve("relay.yaml"), "");

    assertThatThrownBy(() -> read(file))
        .isInstanceOf(CommandFailure.class)
        .hasMessageStartingWith(file + ":");
  }

  @Test
  void file_thatIsGood_isReadWithItsPath() throws Exception {
    Path file = Files.writeString(folder.resolve("relay.yaml"), "port: 1\n");

    assertThat(read(file).at().toString()).isEqualTo(file + ":1:1");
  }

  private static ConfigSection read(Path path) {
    ConfigFile file = ConfigFile.at(path);
    return file.read(file.bytes(), root -> root);
  }
}
