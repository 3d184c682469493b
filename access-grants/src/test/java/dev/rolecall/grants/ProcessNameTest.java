package dev.rolecall.grants;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The name by which a server is known to people who gave it none. */
final class ProcessNameTest {

  @TempDir private Path folder;

  private String of(Map<String, String> environment) {
    return ProcessName.of(environment::get, folder.resolve("hostname"), 17);
  }

  @Test
  void name_ofAHost_isItsNameAndTheProcess() throws IOException {
    Files.writeString(folder.resolve("hostname"), "orders-7d9f5\n");

    assertThat(of(Map.of("HOSTNAME", "other"))).isEqualTo("orders-7d9f5/17");
  }

  @Test
  void name_withoutTheFile_isOfTheEnvironment() {
    assertThat(of(Map.of("HOSTNAME", "orders-1", "COMPUTERNAME", "PC"))).isEqualTo("orders-1/17");
    assertThat(of(Map.of("HOSTNAME", "", "COMPUTERNAME", "PC"))).isEqualTo("PC/17");
    assertThat(of(Map.of())).isEqualTo("unknown-host/17");
  }

  @Test
  void name_ofAnyHost_isOneThatTheServiceTakes() throws IOException {
    Files.writeString(folder.resolve("hostname"), "a\u001b[31m\u00e9 b".repeat(50));

    assertThat(of(Map.of())).matches("[ -~]{1,100}").startsWith("a[31mba[31mb");
    assertThat(ProcessName.ofThisProcess())
        .matches("[ -~]{1,100}")
        .endsWith("/" + ProcessHandle.current().pid());
  }

  @Test
  void feed_withoutAName_isKnownByTheProcess() {
    try (Bench bench = new Bench()) {
      bench.follow();

      assertThat(bench.node.lastSubscription().getNode()).isEqualTo(ProcessName.ofThisProcess());
    }
  }
}
