package dev.rolecall.tests.deploy;

import dev.rolecall.tests.checkout.Checkout;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A CloudFormation template with the placeholders of {@code iam-policies} for its parameters:
 * {@code !Ref}, {@code !Sub}, {@code !FindInMap} and, where its condition can be told, {@code !If}
 * are resolved. Other functions are kept by name, as maps; a parameter without a value stays
 * unresolved, which is seen where the policies are compared.
 */
final class Template {

  private static final Map<String, Object> VALUES =
      Map.ofEntries(
          Map.entry("AWS::Partition", "aws"),
          Map.entry("AWS::URLSuffix", "amazonaws.com"),
          Map.entry("AWS::AccountId", "111122223333"),
          Map.entry("AWS::Region", "eu-west-1"),
          Map.entry("OidcProviderId", "EXAMPLED539D4633E53DE1B71EXAMPLE"),
          Map.entry("Cluster", "demo"),
          Map.entry("Namespace", "orders"),
          Map.entry("ServiceAccount", "orders-client"),
          Map.entry("PermissionSet", "OrdersDeveloper"),
          Map.entry("AssumedBy", "checkout"),
          Map.entry("MayAssume", "orders-client"),
          Map.entry("TokenAudience", "orders"),
          Map.entry("RolePrefix", "orders-"),
          Map.entry("DeploymentRole", "deployment"),
          Map.entry("CallerAccounts", List.of("111122223333")));

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]+)}");

  private static final String UNRESOLVED = "unresolved ";

  private final Map<String, Object> values;
  private final Map<?, ?> mappings;
  private final Map<?, ?> conditions;
  private final Map<?, ?> root;

  private Template(MappingNode template, Map<String, Object> others) {
    this.values = new LinkedHashMap<>(VALUES);
    this.values.putAll(others);
    this.mappings = section(template, "Mappings");
    this.conditions = section(template, "Conditions");
    this.root = (Map<?, ?>) resolved(template);
  }

  /** Reads one, by its path from the root of the checkout. */
  static Template read(String path) {
    return read(path, Map.of());
  }

  /** The same, with those values in place of the placeholders. */
  static Template read(String path, Map<String, Object> others) {
    Optional<Node> node =
        new Compose(LoadSettings.builder().build()).composeString(Checkout.text(path));
    return new Template((MappingNode) node.orElseThrow(), others);
  }

  private Map<?, ?> section(MappingNode template, String name) {
    for (NodeTuple each : template.getValue()) {
      if (plain(each.getKeyNode()).equals(name)) {
        return (Map<?, ?>) plain(each.getValueNode());
      }
    }
    return Map.of();
  }

  /** What stands there, each step a key; the text of a document in a string is read as JSON. */
  Object at(Object... steps) {
    Object value = Tree.at(root, steps);
    return value instanceof String text ? Tree.ofJson(text) : Tree.plain(value);
  }

  /** The names of the resources of that type. */
  List<String> resources(String type) {
    return Tree.map(root, "Resources").keySet().stream()
        .filter(name -> type.equals(Tree.at(root, "Resources", name, "Type")))
        .map(String::valueOf)
        .toList();
  }

  private Object resolved(Node node) {
    Object value = plain(node);
    return switch (node.getTag().getValue()) {
      case "!Ref" -> values.getOrDefault(value, UNRESOLVED + value);
      case "!Sub" ->
          value instanceof List<?> list
              ? substituted((String) list.get(0), (Map<?, ?>) list.get(1))
              : substituted((String) value, Map.of());
      case "!FindInMap" -> Tree.at(mappings, ((List<?>) value).toArray());
      case "!If" -> chosen((List<?>) value);
      default -> {
        String tag = node.getTag().getValue();
        yield tag.startsWith("!") ? Map.of(tag, value) : value;
      }
    };
  }

  private Object chosen(List<?> choice) {
    Object equals = ((Map<?, ?>) Tree.at(conditions, choice.get(0))).get("!Equals");
    if (!(equals instanceof List<?> both) || both.toString().contains(UNRESOLVED)) {
      return Map.of("!If", choice);
    }
    return choice.get(both.get(0).equals(both.get(1)) ? 1 : 2);
  }

  private Object plain(Node node) {
    if (node instanceof MappingNode mapping) {
      Map<Object, Object> map = new LinkedHashMap<>();
      for (NodeTuple each : mapping.getValue()) {
        map.put(resolved(each.getKeyNode()), resolved(each.getValueNode()));
      }
      return map;
    }
    if (node instanceof SequenceNode sequence) {
      return sequence.getValue().stream().map(this::resolved).toList();
    }
    if (node instanceof ScalarNode scalar) {
      boolean truth = node.getTag().equals(Tag.BOOL);
      return truth ? Boolean.valueOf(scalar.getValue()) : scalar.getValue();
    }
    throw new AssertionError("an alias in " + node);
  }

  private String substituted(String text, Map<?, ?> more) {
    return VARIABLE
        .matcher(text)
        .replaceAll(each -> Matcher.quoteReplacement(variable(each.group(1), more)));
  }

  private String variable(String name, Map<?, ?> more) {
    Object value = more.get(name);
    return String.valueOf(value != null ? value : values.getOrDefault(name, UNRESOLVED + name));
  }
}
