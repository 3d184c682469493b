package dev.rolecall.benchmarks.proxy;

import dev.rolecall.benchmarks.fleet.OtherProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The program of {@code benchmarks/proxy/opa}, built by Go where there is one. */
final class OpaProgram {

  private static final long MOST_MINUTES = 10;

  private final Path program;

  private OpaProgram(Path program) {
    this.program = program;
  }

  /** Builds it; what has not changed, Go does not build again. Empty if it cannot be built here. */
  static Optional<OpaProgram> build(Path checkout) throws InterruptedException {
    Path program = checkout.resolve("benchmarks/target/opa-checker").toAbsolutePath();
    try {
      Process go =
          new ProcessBuilder("go", "build", "-o", program.toString(), ".")
              .directory(checkout.resolve("benchmarks/proxy/opa").toFile())
              .inheritIO()
              .start();
      if (go.waitFor(MOST_MINUTES, TimeUnit.MINUTES)) {
        return go.exitValue() == 0 ? Optional.of(new OpaProgram(program)) : Optional.empty();
      }
      go.destroyForcibly();
      return Optional.empty();
    } catch (IOException e) {
      // There is no Go.
      return Optional.empty();
    }
  }

  /** Starts it with one processor, as the other servers have one event loop. */
  OtherProgram start(Path errors) throws IOException {
    return OtherProgram.start(List.of(program.toString()), Map.of("GOMAXPROCS", "1"), errors);
  }
}
