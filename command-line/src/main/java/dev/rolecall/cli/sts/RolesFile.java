package dev.rolecall.cli.sts;

import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.cli.input.InputFile;
import dev.rolecall.stsemulator.EmulatedPrincipal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A file of the emulator's roles, as {@code rolecall sts --roles} reads it. It may hold secrets, so
 * no complaint contains a value other than an ARN or a session name.
 */
final class RolesFile {

  private static final int MAX_BYTES = 1 << 20;
  private static final String KEYS =
      "arn, sessionName, userId, accessKeyId, secretAccessKey or sessionToken";

  private final Path file;

  private RolesFile(Path file) {
    this.file = file;
  }

  /**
   * Reads the file.
   *
   * @throws CommandFailure if it cannot be read or is wrong; the message says where
   */
  static List<EmulatedPrincipal> read(Path file) {
    return new RolesFile(file).principals();
  }

  private List<EmulatedPrincipal> principals() {
    Node root = root();
    List<NodeTuple> fields = fieldsOf(root, "a mapping with the key roles");
    if (fields.size() != 1 || !textOf(fields.get(0).getKeyNode()).equals("roles")) {
      throw wrong(root, "expected: one key, roles");
    }
    if (!(fields.get(0).getValueNode() instanceof SequenceNode roles)
        || roles.getValue().isEmpty()) {
      throw wrong(fields.get(0).getValueNode(), "roles (expected: a list of at least one role)");
    }
    List<EmulatedPrincipal> principals = new ArrayList<>();
    for (Node role : roles.getValue()) {
      principals.add(principal(role));
    }
    return principals;
  }

  private Node root() {
    try {
      LoadSettings settings =
          LoadSettings.builder().setLabel(file.toString()).setMaxAliasesForCollections(0).build();
      return new Compose(settings)
          .composeString(InputFile.of("", file).text(MAX_BYTES))
          .orElseThrow(() -> new CommandFailure(file + ": empty (expected: roles)"));
    } catch (MarkedYamlEngineException e) {
      // The engine's own message quotes the line, and the line may hold a secret.
      String at =
          e.getProblemMark().map(m -> (m.getLine() + 1) + ":" + (m.getColumn() + 1)).orElse("1:1");
      throw new CommandFailure(file + ":" + at + ": not YAML or JSON");
    } catch (YamlEngineException e) {
      throw new CommandFailure(file + ": not YAML or JSON");
    }
  }

  private EmulatedPrincipal principal(Node role) {
    List<NodeTuple> fields = fieldsOf(role, "a role: " + KEYS);
    Optional<Node> arn = value(fields, "arn");
    if (arn.isEmpty()) {
      throw wrong(role, "a role without arn");
    }
    EmulatedPrincipal.Builder principal =
        checked(arn.get(), () -> EmulatedPrincipal.builder(textOf(arn.get())));
    Set<String> seen = new HashSet<>();
    for (NodeTuple field : fields) {
      String key = textOf(field.getKeyNode());
      if (!seen.add(key)) {
        throw wrong(field.getKeyNode(), key + ": repeated");
      }
      Consumer<String> target =
          switch (key) {
            case "arn" -> text -> {};
            case "sessionName" -> principal::sessionName;
            case "userId" -> principal::userId;
            case "accessKeyId" -> principal::accessKeyId;
            case "secretAccessKey" -> principal::secretAccessKey;
            case "sessionToken" -> principal::sessionToken;
            default ->
                throw wrong(field.getKeyNode(), key + ": unknown key (expected: " + KEYS + ")");
          };
      String text = textOf(field.getValueNode());
      checked(
          field.getValueNode(),
          () -> {
            target.accept(text);
            return text;
          });
    }
    return checked(role, principal::build);
  }

  private static Optional<Node> value(List<NodeTuple> fields, String key) {
    return fields.stream()
        .filter(f -> f.getKeyNode() instanceof ScalarNode name && name.getValue().equals(key))
        .map(NodeTuple::getValueNode)
        .findFirst();
  }

  private List<NodeTuple> fieldsOf(Node node, String expected) {
    if (node instanceof MappingNode mapping) {
      return mapping.getValue();
    }
    throw wrong(node, "expected: " + expected);
  }

  private String textOf(Node node) {
    if (node instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    throw wrong(node, "expected: one value");
  }

  private <T> T checked(Node at, java.util.function.Supplier<T> making) {
    try {
      return making.get();
    } catch (IllegalArgumentException e) {
      // The emulator's messages mask secrets.
      throw wrong(at, String.valueOf(e.getMessage()));
    }
  }

  private CommandFailure wrong(Node at, String what) {
    String place =
        at.getStartMark().map(m -> (m.getLine() + 1) + ":" + (m.getColumn() + 1)).orElse("1:1");
    return new CommandFailure(file + ":" + place + ": " + what);
  }
}
