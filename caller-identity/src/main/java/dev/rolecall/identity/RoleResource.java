package dev.rolecall.identity;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.InvalidValue;

/**
 * {@code arn:{partition}:iam::{account}:role/{path/}{name}} taken apart by structure. The name is
 * not checked here: in a pattern it may end in {@code *}.
 */
record RoleResource(Partition partition, AccountId account, String path, String nameWithoutPath) {

  static final String EXPECTED = "arn:{partition}:iam::{account}:role/{name}";

  private static final int MAX_LENGTH = 2_048;
  private static final String TYPE = "role/";

  static RoleResource parse(String what, String text) {
    requireNonNull(text, what);
    if (text.length() > MAX_LENGTH) {
      throw InvalidValue.of(what, text, "at most " + MAX_LENGTH + " characters");
    }
    String[] parts = text.split(":", -1);
    if (parts.length != 6 || !parts[0].equals("arn")) {
      throw InvalidValue.of(what, text, EXPECTED);
    }
    if (!parts[2].equals("iam") || !parts[3].isEmpty() || !parts[5].startsWith(TYPE)) {
      throw InvalidValue.of(
          what, text, EXPECTED + "; users, root and assumed-role sessions are not roles");
    }
    String resource = parts[5].substring(TYPE.length());
    int nameAt = resource.lastIndexOf('/') + 1;
    String path = resource.substring(0, nameAt);
    if (path.startsWith("/") || path.contains("//")) {
      throw InvalidValue.of(what, text, "a path without empty segments");
    }
    if (!path.chars().allMatch(c -> c > 0x20 && c < 0x7f && c != '*' && c != '?')) {
      throw InvalidValue.of(what, text, "a path of printable ASCII characters without wildcards");
    }
    return new RoleResource(
        Partition.parse(parts[1]), AccountId.parse(parts[4]), path, resource.substring(nameAt));
  }
}
