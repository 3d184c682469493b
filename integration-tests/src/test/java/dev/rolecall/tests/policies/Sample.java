package dev.rolecall.tests.policies;

import dev.rolecall.tests.checkout.Checkout;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A file of the checkout that is a policy or a table of cases, for users to read or copy.
 *
 * @param path the path from the root
 * @param text the file's text
 */
record Sample(String path, String text) {

  private static final Pattern NAME = Pattern.compile("(?m)^name:");
  private static final Pattern OF_A_POLICY =
      Pattern.compile("(?m)^(deny_rules|allow_rules|public_methods|groups|account_groups):");
  private static final Pattern OF_CASES = Pattern.compile("(?m)^cases:");

  /** What a build makes, what tests need wrong, and what is not ours. */
  private static final Set<String> LEFT_OUT = Set.of("target", "test", "node_modules");

  /** All of them, tests' own but for the README's. */
  static List<Sample> all() {
    String ofReadme = "integration-tests/src/test/resources/dev/rolecall/tests/docs/orders.yaml";
    return Stream.concat(
            filesWith(".yaml").stream(), Stream.of(new Sample(ofReadme, Checkout.text(ofReadme))))
        .filter(each -> each.isPolicy() || each.isCases())
        .toList();
  }

  /** The pages of the checkout, to look for blocks in. */
  static List<Sample> pages() {
    return filesWith(".md");
  }

  private static List<Sample> filesWith(String ending) {
    List<Sample> found = new ArrayList<>();
    Path root = Checkout.path("");
    try {
      Files.walkFileTree(
          root,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
              String name = String.valueOf(folder.getFileName());
              return LEFT_OUT.contains(name) || (name.startsWith(".") && !folder.equals(root))
                  ? FileVisitResult.SKIP_SUBTREE
                  : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              if (file.toString().endsWith(ending)) {
                found.add(new Sample(root.relativize(file).toString(), Checkout.text(file)));
              }
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new AssertionError("the checkout cannot be walked", e);
    }
    return found;
  }

  boolean isPolicy() {
    return isPolicy(text);
  }

  boolean isCases() {
    return isCases(text);
  }

  /** Whether a text has the keys of a policy. */
  static boolean isPolicy(String text) {
    return NAME.matcher(text).find() && OF_A_POLICY.matcher(text).find();
  }

  /** Whether a text has the key of a table of cases. */
  static boolean isCases(String text) {
    return OF_CASES.matcher(text).find();
  }

  @Override
  public String toString() {
    return path;
  }
}
