package dev.rolecall.grants;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The name of a process for people, such as {@code orders-7d9f5/1}: the host's name and the
 * process's id. In Kubernetes the host's name is the pod's. DNS is not asked, since that may block.
 */
final class ProcessName {

  private static final Path OF_LINUX = Path.of("/proc/sys/kernel/hostname");
  private static final int LONGEST_HOST = 80;

  private ProcessName() {}

  /** The name of this process. */
  static String ofThisProcess() {
    return of(System::getenv, OF_LINUX, ProcessHandle.current().pid());
  }

  /**
   * A name of printable ASCII characters.
   *
   * @param environment the environment's variables, by name
   * @param file the file with the host's name, which there may be
   */
  static String of(UnaryOperator<@Nullable String> environment, Path file, long pid) {
    String host =
        Stream.of(
                written(file),
                variable(environment, "HOSTNAME"),
                variable(environment, "COMPUTERNAME"))
            .flatMap(Optional::stream)
            .findFirst()
            .orElse("unknown-host");
    return host.substring(0, Math.min(host.length(), LONGEST_HOST)) + "/" + pid;
  }

  private static Optional<String> variable(
      UnaryOperator<@Nullable String> environment, String name) {
    return Optional.ofNullable(environment.apply(name)).flatMap(ProcessName::printable);
  }

  /** Linux makes up the text when it is read: that does not block. */
  private static Optional<String> written(Path file) {
    try {
      return printable(Files.readString(file, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      // Not Linux: the environment tells.
      return Optional.empty();
    }
  }

  private static Optional<String> printable(String text) {
    return Optional.of(text.replaceAll("[^!-~]", "")).filter(name -> !name.isEmpty());
  }
}
