package dev.rolecall.cli.config;

import static java.util.stream.Collectors.joining;

import dev.rolecall.cli.arguments.ArgumentTypes;
import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.policy.Place;
import dev.rolecall.policy.document.internal.KnownKeys;
import dev.rolecall.policy.document.internal.Node;
import dev.rolecall.policy.document.internal.ProblemCode;
import dev.rolecall.policy.document.internal.Remarks;
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
  private final Node.Fields fields;
  private final Path folder;
  private final Remarks remarks;

  private ConfigSection(String what, Node.Fields fields, Path folder, Remarks remarks) {
    this.what = what;
    this.fields = fields;
    this.folder = folder;
    this.remarks = remarks;
  }

  /** The section that the node is; one without fields if it is none, which has been reported. */
  static ConfigSection of(String what, Node node, Path folder, Remarks remarks) {
    if (node instanceof Node.Fields fields) {
      return new ConfigSection(what, fields, folder, remarks);
    }
    remarks.problem(
        node.at(),
        ProblemCode.WRONG_TYPE,
        what + ": " + node.quoted() + " (expected: a mapping of options)");
    return new ConfigSection(what, new Node.Fields(List.of(), node.at()), folder, remarks);
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
    ConfigFile.failIfWrong(remarks);
  }

  /** Reports what is wrong with the section as a whole. */
  public void problem(String message) {
    remarks.problem(at(), ProblemCode.WRONG_TYPE, message);
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
    Map<String, OptionSpec> known = named(parser);
    KnownKeys keys =
        KnownKeys.of(
            Stream.concat(Stream.of(sections), known.keySet().stream()).toArray(String[]::new));
    Map<String, Node.Field> given = keys.fieldsOf(fields, remarks);
    List<String> arguments = new ArrayList<>();
    known.forEach(
        (name, option) -> {
          Node.Field field = given.get(name);
          if (field != null) {
            argumentsOf(name, option, field.value(), arguments);
          }
        });
    try {
      parser.parseArgs(arguments.toArray(String[]::new));
    } catch (ParameterException e) {
      remarks.problem(placeOf(e.getArgSpec(), given), ProblemCode.WRONG_TYPE, inConfig(e, known));
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

  private static String key(OptionSpec option) {
    return option.longestName().substring(2).replace('-', '_');
  }

  private void argumentsOf(String name, OptionSpec option, Node value, List<String> into) {
    if (option.arity().max() == 0) {
      if (flag(name, value)) {
        into.add(option.longestName());
      }
    } else if (value instanceof Node.Items list) {
      if (!option.isMultiValue() && list.items().size() > 1) {
        wrong(name, value, "one value");
      } else {
        list.items().forEach(item -> argument(name, option, item, into));
      }
    } else {
      argument(name, option, value, into);
    }
  }

  private boolean flag(String name, Node value) {
    String text = value instanceof Node.Scalar scalar ? scalar.value() : "";
    if (!text.equals("true") && !text.equals("false")) {
      wrong(name, value, "true or false");
    }
    return text.equals("true");
  }

  private void argument(String name, OptionSpec option, Node value, List<String> into) {
    if (value instanceof Node.Scalar scalar && !scalar.value().isEmpty()) {
      into.add(option.longestName() + "=" + scalar.value());
    } else {
      wrong(name, value, "a value, " + option.paramLabel());
    }
  }

  private void wrong(String name, Node value, String expected) {
    if (!(value instanceof Node.Unusable)) {
      remarks.problem(
          value.at(),
          ProblemCode.WRONG_TYPE,
          name + ": " + value.quoted() + " (expected: " + expected + ")");
    }
  }

  private Place placeOf(@Nullable ArgSpec option, Map<String, Node.Field> given) {
    Node.Field field = option instanceof OptionSpec named ? given.get(key(named)) : null;
    return field == null ? at() : field.value().at();
  }

  /** The parser's words, with the names that the options have here. */
  private String inConfig(ParameterException e, Map<String, OptionSpec> known) {
    String message = String.valueOf(e.getMessage());
    for (Map.Entry<String, OptionSpec> each : known.entrySet()) {
      message =
          message.replaceAll(
              Pattern.quote(each.getValue().longestName()) + "(?![a-z-])", each.getKey());
    }
    return what + ": " + message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
  }

  /** The sections of a mapping under that name, each by its own name; none if there is no such. */
  public Map<String, ConfigSection> namedSections(String name) {
    Map<String, ConfigSection> sections = new LinkedHashMap<>();
    Optional<Node> node = field(name);
    if (node.isPresent() && node.get() instanceof Node.Fields each) {
      for (Node.Field entry : each.fields()) {
        String key = entry.key().value();
        if (sections.put(key, of(name + " " + key, entry.value(), folder, remarks)) != null) {
          remarks.problem(
              entry.key().at(), ProblemCode.REPEATED_KEY, name + ": " + key + ": repeated");
        }
      }
    } else if (node.isPresent()) {
      wrong(name, node.get(), "a mapping of at least one");
    }
    return sections;
  }

  /** The sections of a list under that name; none if there is no such. */
  public List<ConfigSection> listedSections(String name) {
    Optional<Node> node = field(name);
    if (node.isPresent() && node.get() instanceof Node.Items list) {
      return list.items().stream()
          .map(item -> of("an item of " + name, item, folder, remarks))
          .toList();
    }
    node.ifPresent(other -> wrong(name, other, "a list of at least one"));
    return List.of();
  }

  private Optional<Node> field(String name) {
    return fields.fields().stream()
        .filter(field -> field.key().value().equals(name))
        .map(Node.Field::value)
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
        new Node.Fields(
            fields.fields().stream().filter(field -> !left.contains(field.key().value())).toList(),
            fields.at()));
  }

  private static String content(Node node) {
    if (node instanceof Node.Fields mapping) {
      return mapping.fields().stream()
          .map(field -> field.key().value() + "=" + content(field.value()))
          .collect(joining("\n", "{", "}"));
    }
    if (node instanceof Node.Items list) {
      return list.items().stream().map(ConfigSection::content).collect(joining("\n", "[", "]"));
    }
    return node instanceof Node.Scalar scalar ? scalar.value() : "";
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
      throw new CommandFailure(at() + ": " + what + ": " + e.getMessage(), e);
    }
  }
}
