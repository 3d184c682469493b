package dev.rolecall.proxy.config;

import static java.util.Objects.requireNonNull;

import dev.rolecall.policy.document.internal.DocumentText;
import dev.rolecall.policy.document.internal.Node;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads the structure of a configuration: YAML or JSON, UTF-8, at most 1 MiB, without aliases and
 * tags, as a policy's text is read.
 */
public final class ConfigDocument {

  private ConfigDocument() {}

  /**
   * The file's bytes, one more than is allowed at most. Blocks on the file.
   *
   * @throws IOException if it cannot be read; {@link #unreadable} has words for it
   */
  public static byte[] bytes(Path file) throws IOException {
    return DocumentText.bytes(requireNonNull(file, "file"));
  }

  /** The problem with a file that cannot be read, in words. */
  public static String unreadable(Path file, IOException e) {
    return DocumentText.unreadable("file", file, e);
  }

  /**
   * The structure of the text; empty if there is none, which has been reported.
   *
   * @param source the name of the text in places
   */
  public static Optional<ConfigNode> read(String source, byte[] content, ConfigProblems problems) {
    return DocumentText.structure("configuration", source, content, problems.remarks())
        .map(ConfigDocument::node);
  }

  private static ConfigNode node(Node node) {
    if (node instanceof Node.Scalar scalar) {
      return new ConfigNode.Scalar(scalar.value(), scalar.quoted(), scalar.at());
    }
    if (node instanceof Node.Items list) {
      return new ConfigNode.Items(
          list.items().stream().map(ConfigDocument::node).toList(), list.quoted(), list.at());
    }
    if (node instanceof Node.Fields mapping) {
      return new ConfigNode.Fields(
          mapping.fields().stream()
              .map(
                  field ->
                      new ConfigNode.Field(
                          field.key().value(), field.key().at(), node(field.value())))
              .toList(),
          mapping.quoted(),
          mapping.at());
    }
    return new ConfigNode.Unusable(node.at());
  }

  /** The keys of a mapping, for those who check keys; their values are left out. */
  static Node.Fields keysOf(ConfigNode.Fields mapping) {
    return new Node.Fields(
        mapping.fields().stream()
            .map(
                field ->
                    new Node.Field(
                        new Node.Scalar(field.key(), "a string", field.keyAt()),
                        new Node.Unusable(field.value().at())))
            .toList(),
        mapping.at());
  }
}
