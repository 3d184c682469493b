package dev.rolecall.cli.arguments;

/**
 * A value that an argument gives a name, as {@code NAME=VALUE}. The first {@code =} parts them.
 *
 * @param name the name; not empty
 * @param value the value
 */
public record NamedArgument(String name, String value) {

  static NamedArgument parse(String text) {
    int equals = text.indexOf('=');
    if (equals < 1) {
      // Not repeated: it may be a secret, put where a name should be.
      throw new IllegalArgumentException("no name and = before the value (expected: NAME=VALUE)");
    }
    return new NamedArgument(text.substring(0, equals), text.substring(equals + 1));
  }
}
