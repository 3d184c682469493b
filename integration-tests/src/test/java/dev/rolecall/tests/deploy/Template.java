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
 * {@code !Ref} and {@code !Sub} are resolved. Other functions are kept by name, as maps; a
 * parameter without a value stays unresolved, which is seen where the policies are compared.
 */
final class Template {

  private static final Map<String, Object> VALUES =
      Map.ofEntries(
          Map.entry("AWS::Partition", "aws"),
          Map.entry("AWS::AccountId", "111122223333"),
          Map.entry("AWS::Region", "eu-west-1"),
          Map.entry("OidcProviderId", "EXAMPLED539D4633E53DE1B71EXAMPLE"),
          Map.entry("Cluster", "demo"),
          Map.entry("Namespace", "orders"),
          Map.entry("ServiceAccount", "orders-client"),
          Map.entry("PermissionSet", "OrdersDeveloper"),
          Map.entry("AssumedBy", "checkout"),
          Map.entry("MayAssume", "orders-client"),
          Map.entry("RolePrefix", "orders-"),
          Map.entry("DeploymentRole", "deployment"),
          Map.entry("CallerAccounts", List.of("111122223333")));

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]+)}");

  private final Map<?, ?> root;

  private Template(Map<?, ?> root) {
    this.root = root;
  }

  /** Reads one, by its path from the root of the checkout. */
  static Template read(String path) {
    Optional<Node> node =
        new Compose(LoadSettings.builder().build()).composeString(Checkout.text(path));
    return new Template((Map<?, ?>) resolved(node.orElseThrow()));
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

  private static Object resolved(Node node) {
    Object value = plain(node);
    String tag = node.getTag().getValue();
    if (tag.equals("!Ref")) {
      return VALUES.getOrDefault(value, "unresolved " + value);
    }
    if (tag.equals("!Sub")) {
      return substituted((String) value);
    }
    return tag.startsWith("!") ? Map.of(tag, value) : value;
  }

  private static Object plain(Node node) {
    if (node instanceof MappingNode mapping) {
      Map<Object, Object> map = new LinkedHashMap<>();
      for (NodeTuple each : mapping.getValue()) {
        map.put(resolved(each.getKeyNode()), resolved(each.getValueNode()));
      }
      return map;
    }
    if (node instanceof SequenceNode sequence) {
      return sequence.getValue().stream().map(Template::resolved).toList();
    }
    if (node instanceof ScalarNode scalar) {
      boolean truth = node.getTag().equals(Tag.BOOL);
      return truth ? Boolean.valueOf(scalar.getValue()) : scalar.getValue();
    }
    throw new AssertionError("an alias in " + node);
  }

  private static String substituted(String text) {
    return VARIABLE
        .matcher(text)
        .replaceAll(
            each ->
                Matcher.quoteReplacement(
                    String.valueOf(
                        VALUES.getOrDefault(each.group(1), "unresolved " + each.group(1)))));
  }
}
