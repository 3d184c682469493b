package dev.rolecall.identity.internal;

import static java.util.Objects.requireNonNull;

/**
 * {@code arn:{partition}:iam::{account}:role/{path/}{name}} taken apart by structure. The
 * partition, the account and the name are not checked here: in a pattern the name may end in {@code
 * *}.
 *
 * @param partition the text of the partition
 * @param account the text of the account
 * @param path the path, which ends in {@code /}; empty for none
 * @param nameWithoutPath the text of the name
 */
public record RoleResource(String partition, String account, String path, String nameWithoutPath) {

  /** The form in words, as a message says it. */
  public static final String EXPECTED = "arn:{partition}:iam::{account}:role/{name}";

  private static final int MAX_LENGTH = 2_048;
  private static final String TYPE = "role/";

  /** Checks that nothing is absent. */
  public RoleResource {
    requireNonNull(partition, "partition");
    requireNonNull(account, "account");
    requireNonNull(path, "path");
    requireNonNull(nameWithoutPath, "nameWithoutPath");
  }

  /**
   * Takes a text apart.
   *
   * @param what the name of the value, for messages
   * @throws IllegalArgumentException if the text has another structure; the message names the text
   *     and the rule
   */
  public static RoleResource parse(String what, String text) {
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
    return new RoleResource(parts[1], parts[4], path, resource.substring(nameAt));
  }
}
