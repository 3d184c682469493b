package dev.rolecall.cli.sts;

import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.cli.input.InputFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
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
 * A YAML or JSON file whose values may be secrets. Complaints name the place, and no value but what
 * the caller puts in.
 */
final class YamlFile {

  private static final int MAX_BYTES = 1 << 20;

  private final Path file;

  YamlFile(Path file) {
    this.file = file;
  }

  /**
   * The whole document.
   *
   * @param expected names its content, for a file that is empty
   */
  Node root(String expected) {
    try {
      LoadSettings settings =
          LoadSettings.builder().setLabel(file.toString()).setMaxAliasesForCollections(0).build();
      return new Compose(settings)
          .composeString(InputFile.of("", file).text(MAX_BYTES))
          .orElseThrow(() -> new CommandFailure(file + ": empty (expected: " + expected + ")"));
    } catch (MarkedYamlEngineException e) {
      // The engine's own message quotes the line, and the line may hold a secret.
      String at =
          e.getProblemMark().map(m -> (m.getLine() + 1) + ":" + (m.getColumn() + 1)).orElse("1:1");
      throw new CommandFailure(file + ":" + at + ": not YAML or JSON");
    } catch (YamlEngineException e) {
      throw new CommandFailure(file + ": not YAML or JSON");
    }
  }

  /** The fields of a mapping, in order; none of them twice. */
  List<Map.Entry<Node, Node>> fields(Node node, String expected) {
    if (!(node instanceof MappingNode mapping)) {
      throw wrong(node, "expected: " + expected);
    }
    Set<String> seen = new HashSet<>();
    List<Map.Entry<Node, Node>> fields = new ArrayList<>();
    for (NodeTuple field : mapping.getValue()) {
      String key = text(field.getKeyNode());
      if (!seen.add(key)) {
        throw wrong(field.getKeyNode(), key + ": repeated");
      }
      fields.add(Map.entry(field.getKeyNode(), field.getValueNode()));
    }
    return fields;
  }

  /** The elements of a list, at least one. */
  List<Node> list(Node node, String complaint) {
    if (node instanceof SequenceNode list && !list.getValue().isEmpty()) {
      return list.getValue();
    }
    throw wrong(node, complaint);
  }

  /** The text of a single value. */
  String text(Node node) {
    if (node instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    throw wrong(node, "expected: one value");
  }

  /** What that makes; what it refuses is said with the place. */
  <T> T checked(Node at, Supplier<T> making) {
    try {
      return making.get();
    } catch (IllegalArgumentException e) {
      // The emulator's messages mask secrets.
      throw wrong(at, String.valueOf(e.getMessage()));
    }
  }

  CommandFailure wrong(Node at, String what) {
    String place =
        at.getStartMark().map(m -> (m.getLine() + 1) + ":" + (m.getColumn() + 1)).orElse("1:1");
    return new CommandFailure(file + ":" + place + ": " + what);
  }
}
