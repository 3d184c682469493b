package dev.rolecall.tests.deploy;

import dev.rolecall.tests.checkout.Checkout;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The options of the {@code rolecall} commands. */
final class RolecallOptions {

  private static final Pattern DECLARED =
      Pattern.compile("(?:names|String [A-Z_]+) = \"(--[a-z-]+)\"");
  private static final Pattern USED = Pattern.compile("(?<![\\w-])--[a-z][a-z-]*");

  private RolecallOptions() {}

  /** Those that the sources of the commands declare. */
  static Set<String> known() {
    return Checkout.javaFiles("main").stream()
        .filter(file -> file.toString().contains("command-line"))
        .flatMap(file -> DECLARED.matcher(Checkout.text(file)).results())
        .map(match -> match.group(1))
        .collect(Collectors.toSet());
  }

  /** Those in a command. */
  static List<String> in(String command) {
    return USED.matcher(command).results().map(match -> match.group()).toList();
  }
}
