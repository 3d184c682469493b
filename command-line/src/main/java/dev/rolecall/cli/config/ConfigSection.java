package dev.rolecall.cli.config;

import static java.util.stream.Collectors.joining;

import dev.rolecall.cli.arguments.ArgumentTypes;
import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.policy.Place;
import dev.rolecall.proxy.config.ConfigNode;
import dev.rolecall.proxy.config.ConfigProblems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * A section of a configuration: some of its fields are options of a command, the others are
 * sections within it. What is wrong is reported with its place.
 */
public final class ConfigSection {

  private final String what;
  private final ConfigNode.Fields fields;
  private final Path folder;
  private final ConfigProblems problems;
  private final Map<String, OptionSpec> known = new TreeMap<>();

  private ConfigSection(
      String what, ConfigNode.Fields fields, Path folder, ConfigProblems problems) {
    this.what = what;
    this.fields = fields;
    this.folder = folder;
    this.problems = problems;
  }

  /** The section that the node is; one without fields if it is none, which has been reported. */
  static ConfigSection of(String what, ConfigNode node, Path folder, ConfigProblems problems) {
    if (node instanceof ConfigNode.Fields fields) {
      return new ConfigSection(what, fields, folder, problems);
    }
    problems.add(node.at(), what + ": " + node.quoted() + " (expected: a mapping of options)");
    return new ConfigSection(
        what, new ConfigNode.Fields(List.of(), node.quoted(), node.at()), folder, problems);
  }

  /** The place where it begins. */
  public Place at() {
    return fields.at();
  }

  /**
   * Ends the reading if something was reported, here or in another section of the file.
   *
   * @throws CommandFailure if it was: a line for each
   */
  public void requireGood() {
    ConfigFile.failIfWrong(problems);
  }

  /** Reports what is wrong with the section as a whole. */
  public void problem(String message) {
    problems.add(at(), message);
  }

  /**
   * The options of the section.
   *
   * @param model an object with picocli's options
   * @param sections the names of the fields that are no options
   * @return the model, with the values of the fields; not to be used if a problem was reported
   */
  public <T> T options(T model, String... sections) {
    CommandLine parser =
        ArgumentTypes.registerIn(new CommandLine(model))
            .setCaseInsensitiveEnumValuesAllowed(true)
            .registerConverter(Path.class, text -> folder.resolve(text));
    known.putAll(named(parser));
    // Each of them is told, and not the first alone.
    parser.getCommandSpec().parser().collectErrors(true);
    Map<String, ConfigNode.Field> given =
        problems.known(
            fields, Stream.concat(Stream.of(sections), known.keySet().stream()).toList());
    List<String> arguments = new ArrayList<>();
    known.forEach(
        (name, option) -> {
          ConfigNode.Field field = given.get(name);
          if (field != null) {
            argumentsOf(name, option, field.value(), arguments);
          }
        });
    for (Exception e : parser.parseArgs(arguments.toArray(String[]::new)).errors()) {
      problems.add(
          placeOf(e instanceof ParameterException wrong ? wrong.getArgSpec() : null, given),
          what + ": " + beginningSmall(inConfig(String.valueOf(e.getMessage()))));
    }
    return model;
  }

  /** The options by the names that they have here. */
  private static Map<String, OptionSpec> named(CommandLine parser) {
    Map<String, OptionSpec> named = new TreeMap<>();
    for (OptionSpec option : parser.getCommandSpec().options()) {
      if (!option.usageHelp() && !option.versionHelp()) {
        named.put(key(option), option);
      }
    }
    return named;
  }

  /** The name that the option has here. */
  static String key(OptionSpec option) {
    return option.longestName().substring(2).replace('-', '_');
  }

  private void argumentsOf(String name, OptionSpec option, ConfigNode value, List<String> into) {
    if (option.arity().max() == 0) {
      if (flag(name, value)) {
        into.add(option.longestName());
      }
    } else if (value instanceof ConfigNode.Items list) {
      if (!option.isMultiValue() && list.items().size() > 1) {
        wrong(name, value, "one value");
      } else {
        list.items().forEach(item -> argument(name, option, item, into));
      }
    } else {
      argument(name, option, value, into);
    }
  }

  private boolean flag(String name, ConfigNode value) {
    String text = value instanceof ConfigNode.Scalar scalar ? scalar.value() : "";
    if (!text.equals("true") && !text.equals("false")) {
      wrong(name, value, "true or false");
    }
    return text.equals("true");
  }

  private void argument(String name, OptionSpec option, ConfigNode value, List<String> into) {
    if (value instanceof ConfigNode.Scalar scalar && !scalar.value().isEmpty()) {
      into.add(option.longestName() + "=" + inFolder(option, scalar.value()));
    } else {
      wrong(name, value, "a value, " + option.paramLabel());
    }
  }

  /** The value; the file of one such as ALIAS=FILE in the folder of the configuration. */
  private String inFolder(OptionSpec option, String value) {
    int file = value.indexOf('=') + 1;
    return file > 0 && option.paramLabel().endsWith("=FILE")
        ? value.substring(0, file) + folder.resolve(value.substring(file))
        : value;
  }

  private void wrong(String name, ConfigNode value, String expected) {
    if (!(value instanceof ConfigNode.Unusable)) {
      problems.add(value.at(), name + ": " + value.quoted() + " (expected: " + expected + ")");
    }
  }

  private Place placeOf(@Nullable ArgSpec option, Map<String, ConfigNode.Field> given) {
    ConfigNode.Field field = option instanceof OptionSpec named ? given.get(key(named)) : null;
    return field == null ? at() : field.value().at();
  }

  /** The words with the names that the options have here. */
  private String inConfig(String message) {
    String renamed = message;
    for (Map.Entry<String, OptionSpec> each : known.entrySet()) {
      renamed =
          renamed.replaceAll(
              "(?<![\\w-])" + Pattern.quote(each.getValue().longestName()) + "(?![\\w-])",
              each.getKey());
    }
    return renamed;
  }

  private static String beginningSmall(String message) {
    return message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
  }

  /** The sections of a mapping under that name, each by its own name; none if there is no such. */
  public Map<String, ConfigSection> namedSections(String name) {
    Map<String, ConfigSection> sections = new LinkedHashMap<>();
    Optional<ConfigNode> node = field(name);
    if (node.isPresent() && node.get() instanceof ConfigNode.Fields each) {
      for (ConfigNode.Field entry : each.fields()) {
        String key = entry.key();
        if (sections.put(key, of(name + " " + key, entry.value(), folder, problems)) != null) {
          problems.add(entry.keyAt(), name + ": " + key + ": repeated");
        }
      }
    } else if (node.isPresent()) {
      wrong(name, node.get(), "a mapping of at least one");
    }
    return sections;
  }

  /** The sections of a list under that name; none if there is no such. */
  public List<ConfigSection> listedSections(String name) {
    Optional<ConfigNode> node = field(name);
    if (node.isPresent() && node.get() instanceof ConfigNode.Items list) {
      return list.items().stream()
          .map(item -> of("an item of " + name, item, folder, problems))
          .toList();
    }
    node.ifPresent(other -> wrong(name, other, "a list of at least one"));
    return List.of();
  }

  private Optional<ConfigNode> field(String name) {
    return fields.fields().stream()
        .filter(field -> field.key().equals(name))
        .map(ConfigNode.Field::value)
        .findFirst();
  }

  /** The text of the section without its places: equal to another's that says the same. */
  public String content() {
    return content(fields);
  }

  /** The same of the fields of those names left out. */
  public String contentWithout(String... names) {
    Set<String> left = Set.of(names);
    return content(
        fields.with(
            fields.fields().stream().filter(field -> !left.contains(field.key())).toList()));
  }

  private static String content(ConfigNode node) {
    if (node instanceof ConfigNode.Fields mapping) {
      return mapping.fields().stream()
          .map(field -> field.key() + "=" + content(field.value()))
          .collect(joining("\n", "{", "}"));
    }
    if (node instanceof ConfigNode.Items list) {
      return list.items().stream().map(ConfigSection::content).collect(joining("\n", "[", "]"));
    }
    // The length tells a text from a list that looks like it.
    return node instanceof ConfigNode.Scalar scalar
        ? scalar.value().length() + ":" + scalar.value()
        : "";
  }

  /**
   * What that makes; a failure of it is one of this section, at its place.
   *
   * @throws CommandFailure if the making fails
   */
  public <T> T making(Supplier<T> making) {
    try {
      return making.get();
    } catch (CommandFailure e) {
      throw new CommandFailure(
          at() + ": " + what + ": " + inConfig(String.valueOf(e.getMessage())), e);
    }
  }
}
