package dev.rolecall.tests.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.rolecall.tests.checkout.Checkout;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Runs in a process of its own when all other tests are over, and looks for every secret they used
 * in everything they wrote, and in the reports of every module's tests.
 */
final class SecretsOfTheRunTest {

  private static final Path RECORDS = Path.of("target/record");

  /** One for each of the processes that the tests ran in. */
  private static final String RECORD = "tests-*";

  private static final int MOST_SHOWN = 50;

  private final Map<OutputKind, Integer> heard = new EnumMap<>(OutputKind.class);
  private final List<String> findings = new ArrayList<>();

  @Test
  void secrets_ofEveryTest_areInNoOutputOfAny() throws Exception {
    List<Path> records = records();
    assumeThat(records).as("what the tests left").isNotEmpty();
    Map<String, String> secrets = new HashMap<>();
    for (Path record : records) {
      secrets.putAll(SecretFile.read(record.resolve(RunRecord.SECRETS)));
    }
    SecretSearch search = new SecretSearch(secrets);

    for (Path record : records) {
      OutputFile.forEachIn(record.resolve(RunRecord.OUTPUTS), output -> look(search, output));
    }
    for (Path report : reports()) {
      look(
          search,
          new Output(
              OutputKind.REPORT,
              String.valueOf(report.getFileName()),
              "the tests of a module",
              Checkout.text(report)));
    }

    System.out.println(line(secrets.size()));
    assertThat(findings).isEmpty();
    if (System.getProperty("test") == null) {
      assertThat(secrets).hasSizeGreaterThan(100);
      assertThat(heard)
          .as("kinds of output that were heard")
          .containsKeys(
              OutputKind.LOG,
              OutputKind.STATUS,
              OutputKind.EXCEPTION,
              OutputKind.OBJECT,
              OutputKind.AUDIT,
              OutputKind.METRIC,
              OutputKind.SPAN,
              OutputKind.STREAM,
              OutputKind.PROCESS,
              OutputKind.REPORT);
    }
  }

  private void look(SecretSearch search, Output output) {
    heard.merge(output.kind(), 1, Integer::sum);
    if (findings.size() < MOST_SHOWN) {
      search.find(output).ifPresent(findings::add);
    }
  }

  private String line(int secrets) {
    return "secrets: %,d secrets looked for in %,d outputs (%s), %d found"
        .formatted(
            secrets,
            heard.values().stream().mapToInt(Integer::intValue).sum(),
            heard.entrySet().stream()
                .map(kind -> "%s %,d".formatted(kind.getKey(), kind.getValue()))
                .collect(Collectors.joining(", ")),
            findings.size());
  }

  private static List<Path> records() throws IOException {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(RECORDS, RECORD)) {
      List<Path> records = new ArrayList<>();
      folders.forEach(records::add);
      return records;
    }
  }

  /** What Surefire has written about each module's tests so far. */
  private static List<Path> reports() throws IOException {
    List<Path> reports = new ArrayList<>();
    try (DirectoryStream<Path> modules = Files.newDirectoryStream(Checkout.path(""))) {
      for (Path module : modules) {
        Path folder = module.resolve("target/surefire-reports");
        if (Files.isDirectory(folder)) {
          try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.{xml,txt}")) {
            files.forEach(reports::add);
          }
        }
      }
    }
    return reports;
  }
}
