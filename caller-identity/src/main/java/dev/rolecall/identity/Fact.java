package dev.rolecall.identity;

import static java.util.Objects.requireNonNull;

/**
 * One fact of a credential, for logs and audit records. Never a secret.
 *
 * @param field the name in records: snake_case
 * @param label the name in the log's line, such as {@code access key id}
 * @param value the value; from outside, so that a log escapes it
 */
public record Fact(String field, String label, String value) {

  /** Checks that nothing is absent. */
  public Fact {
    requireNonNull(field, "field");
    requireNonNull(label, "label");
    requireNonNull(value, "value");
  }
}
