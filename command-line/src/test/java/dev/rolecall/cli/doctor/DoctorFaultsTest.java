package dev.rolecall.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rolecall.cli.CommandRun;
import dev.rolecall.cli.terminal.ExitStatus;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Faults put into a scene one at a time: doctor finds each, and finds it no more once mended. */
@Timeout(600)
final class DoctorFaultsTest {

  private static final AtomicInteger FOUND = new AtomicInteger();

  @TempDir Path directory;

  static Stream<Fault> faults() {
    return Stream.of(
            ClientFaults.all(),
            SettingFaults.all(),
            WayFaults.all(),
            ServerFaults.all(),
            VerdictFaults.all())
        .flatMap(Function.identity());
  }

  @Test
  void faults_areOfEveryEndAndNotFewerThanPromised() {
    List<Fault> all = faults().toList();

    assertThat(all).hasSizeGreaterThanOrEqualTo(40);
    assertThat(all)
        .extracting(Fault::end)
        .contains("client", "server", "network", "policy", "clock");
    assertThat(all).extracting(Fault::name).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("faults")
  void fault_isFoundAndNamed_andGoneOnceItsCureIsApplied(Fault fault) throws Exception {
    assumeTrue(
        System.getenv("AWS_ACCESS_KEY_ID") == null && System.getenv("AWS_PROFILE") == null,
        "the environment has AWS credentials: unset them for this test");
    try (DoctorScene scene = new DoctorScene(directory)) {
      CommandRun seeded = fault.seed().in(scene).asked();
      assertNamed(seeded, fault);
      if (fault.end().equals("policy")) {
        assertExplained(seeded, scene);
      }

      scene.mend();
      CommandRun mended = fault.mend().in(scene).asked();
      assertThat(mended.status()).as(mended.toString()).isZero();
      assertThat(mended.outUnbroken().lines()).allMatch(line -> line.startsWith("OK       "));
    }
    FOUND.incrementAndGet();
  }

  private static void assertNamed(CommandRun run, Fault fault) {
    List<String> lines = run.outUnbroken().lines().toList();
    List<String> findings =
        lines.stream()
            .filter(line -> line.matches("(WRONG|UNKNOWN) +" + fault.check() + " .*"))
            .toList();
    assertThat(findings).as(run.toString()).hasSize(1);
    assertThat(findings.get(0)).contains(fault.found());
    assertThat(lines.get(lines.indexOf(findings.get(0)) + 1)).contains("-> ", fault.cure());
    assertThat(run.status()).isEqualTo(findings.get(0).startsWith("WRONG") ? 1 : 2);
    assertThat(run.err()).isEmpty();
  }

  /** The line that is said to be pasted, pasted. */
  private static void assertExplained(CommandRun run, DoctorScene scene) {
    CommandRun explained = scene.pasted(run.outUnbroken());

    assertThat(explained.status()).isEqualTo(ExitStatus.NO);
    assertThat(explained.out()).startsWith("denied: ").contains("allowed by any of these changes");
  }

  @AfterAll
  static void tell() {
    System.out.printf("faults seeded for doctor: %d of %d%n", FOUND.get(), faults().count());
  }
}
