package dev.rolecall.tests.docs;

import dev.rolecall.cli.Rolecall;
import dev.rolecall.tests.checkout.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine;

/**
 * A text for users: a page of the docs, a file that a deployment or Prometheus reads, or the help
 * of a command.
 *
 * @param name a file's path, or the command
 */
record Page(String name, String text) {

  private static final List<String> FOLDERS =
      List.of("docs", "observability", "deploy", "iam-policies");
  private static final List<String> FILES =
      List.of(
          "README.md",
          "SECURITY.md",
          "CHANGELOG.md",
          "CONTRIBUTING.md",
          "benchmarks/README.md",
          "fuzz-tests/README.md");
  private static final Set<String> ENDINGS = Set.of("md", "yaml", "json");

  /** All of them. */
  static List<Page> all() {
    Stream<Page> files =
        Stream.concat(FILES.stream().map(Checkout::path), FOLDERS.stream().flatMap(Page::below))
            .map(
                file ->
                    new Page(Checkout.path("").relativize(file).toString(), Checkout.text(file)));
    return Stream.concat(files, helpOf(Rolecall.commandLine())).toList();
  }

  private static Stream<Path> below(String folder) {
    try (Stream<Path> files = Files.walk(Checkout.path(folder))) {
      return files.filter(Page::isText).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isText(Path file) {
    String name = file.toString();
    return Files.isRegularFile(file) && ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1));
  }

  private static Stream<Page> helpOf(CommandLine command) {
    return Stream.concat(
        Stream.of(
            new Page(
                command.getCommandSpec().qualifiedName() + " --help", command.getUsageMessage())),
        command.getSubcommands().values().stream().flatMap(Page::helpOf));
  }

  /** Each match of the pattern's only group, or of the whole. */
  Stream<String> find(Pattern pattern) {
    return pattern
        .matcher(text)
        .results()
        .map((MatchResult found) -> found.groupCount() == 0 ? found.group() : found.group(1));
  }

  @Override
  public String toString() {
    return name;
  }
}
