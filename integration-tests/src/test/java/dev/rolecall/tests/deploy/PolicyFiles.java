package dev.rolecall.tests.deploy;

import dev.rolecall.tests.checkout.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.policybuilder.iam.IamPolicy;

/** The policies in {@code iam-policies}, by their paths from there. */
final class PolicyFiles {

  private static final Path FOLDER = Checkout.path("iam-policies");

  private PolicyFiles() {}

  /** All of them. */
  static List<String> all() {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      return files
          .map(file -> FOLDER.relativize(file).toString())
          .filter(file -> file.endsWith(".json"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String text(String file) {
    return Checkout.text(FOLDER.resolve(file));
  }

  /** As AWS's own reader reads it. */
  static IamPolicy policy(String file) {
    return IamPolicy.fromJson(text(file));
  }
}
