package dev.rolecall.cli.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.cli.CommandRun;
import dev.rolecall.cli.doctor.DoctorScene;
import dev.rolecall.cli.doctor.Fault.Asking;
import dev.rolecall.cli.doctor.ServerFaults;
import dev.rolecall.cli.doctor.WayFaults;
import dev.rolecall.cli.terminal.ExitStatus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tests of {@code call} at servers that are there and do not answer as they should. */
@Timeout(600)
final class SickServerCallsTest {

  @TempDir Path directory;
  private DoctorScene scene;

  @BeforeEach
  void open() {
    scene = new DoctorScene(directory);
  }

  @AfterEach
  void close() {
    scene.close();
  }

  /** Calls the server that doctor would be asked about. */
  private CommandRun call(Asking seed, String... more) throws Exception {
    List<String> asked = seed.in(scene).arguments();
    List<String> all = new ArrayList<>(List.of("call", "--audience", "orders"));
    all.addAll(List.of("--sts", scene.shell.sts.endpoint().toString()));
    all.addAll(List.of("--trust-cert", scene.trust(DoctorScene.CERTIFICATE)));
    all.addAll(List.of(more));
    all.add(asked.get(asked.indexOf("--server") + 1));
    all.add(DoctorScene.ECHO);
    return CommandRun.of(all.toArray(String[]::new));
  }

  @Test
  void serverThatSaysNothing_isNamed() throws Exception {
    CommandRun run = call(ServerFaults.SILENT, "--timeout", "1");

    assertThat(run.err())
        .contains("DEADLINE_EXCEEDED", "takes connections and says nothing; at the server");
    assertThat(run.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
  }

  @Test
  void serverThatAnswersNoCall_isNamed() throws Exception {
    CommandRun run = call(ServerFaults.UNANSWERING, "--timeout", "1");

    assertThat(run.err())
        .contains("DEADLINE_EXCEEDED", "the server takes connections and did not answer in time");
    assertThat(run.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
  }

  @Test
  void whatEndsTlsInBetween_isNamed_andBearerProofsAreItsCure() throws Exception {
    CommandRun run = call(WayFaults.TLS_ENDED);

    assertThat(run.err())
        .contains("CHANNEL_MISMATCH", "something between here and the server ends TLS", "--bearer");
    assertThat(run.status()).isEqualTo(ExitStatus.NO);
    assertThat(call(WayFaults.TLS_ENDED, "--bearer").err()).doesNotContain("CHANNEL_MISMATCH");
  }

  @Test
  void serversOwnStsThatIsOut_isNamedAtTheServer() throws Exception {
    CommandRun run = call(ServerFaults.STS_OUT);

    assertThat(run.err()).contains("ISSUER_UNAVAILABLE", "the server cannot reach STS in time");
    assertThat(run.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
  }
}
