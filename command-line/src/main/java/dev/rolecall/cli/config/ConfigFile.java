package dev.rolecall.cli.config;

import static java.util.Objects.requireNonNull;

import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.proxy.config.ConfigDocument;
import dev.rolecall.proxy.config.ConfigNode;
import dev.rolecall.proxy.config.ConfigProblems;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * A configuration in YAML or JSON, UTF-8, at most 1 MiB. A section takes the options of a command:
 * {@code policy_period: 5s} is {@code --policy-period 5s}. A list repeats the option, and {@code
 * true} gives one that has no value. Paths are relative to the folder of the file.
 *
 * <p>A failure names the file, the line and the column of each thing that is wrong, and what would
 * be right.
 */
public final class ConfigFile {

  private final Path path;

  private ConfigFile(Path path) {
    this.path = requireNonNull(path, "path");
  }

  /** The file at that path. It is read when it is asked for. */
  public static ConfigFile at(Path path) {
    return new ConfigFile(path);
  }

  /** The path, as the user wrote it. */
  public Path path() {
    return path;
  }

  /**
   * The file's bytes, one more than is allowed at most. Blocks on the file.
   *
   * @throws CommandFailure if it cannot be read
   */
  public byte[] bytes() {
    try {
      return ConfigDocument.bytes(path);
    } catch (IOException e) {
      throw new CommandFailure(path + ": " + ConfigDocument.unreadable(path, e), e);
    }
  }

  /**
   * What the sections of that content make.
   *
   * @param reading reads the root; reports what is wrong to the section, or throws {@link
   *     CommandFailure}
   * @throws CommandFailure if something is wrong: a line for each
   */
  public <T> T read(byte[] content, Function<ConfigSection, T> reading) {
    ConfigProblems problems = new ConfigProblems();
    T made =
        ConfigDocument.read(path.toString(), content, problems)
            .map(root -> reading.apply(root(root, problems)))
            .orElse(null);
    failIfWrong(problems);
    return requireNonNull(made, "made");
  }

  private ConfigSection root(ConfigNode node, ConfigProblems problems) {
    ConfigSection section = ConfigSection.of("the configuration", node, folder(), problems);
    failIfWrong(problems);
    return section;
  }

  /** As it was written, so that messages name files as the user does. */
  private Path folder() {
    Path parent = path.getParent();
    return parent == null ? Path.of("") : parent;
  }

  static void failIfWrong(ConfigProblems problems) {
    if (problems.any()) {
      throw new CommandFailure(String.join("\n", problems.lines()));
    }
  }
}
