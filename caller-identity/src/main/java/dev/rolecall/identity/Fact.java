package dev.rolecall.identity;

import static java.util.Objects.requireNonNull;

/**
 * A fact of a credential for logs and audit records. Never a secret, and never read by a rule.
 *
 * @param field the field of a record, in snake case: {@code region}
 * @param label the words of a log line: {@code Region}
 * @param value the value
 */
public record Fact(String field, String label, String value) {

  /** Checks that nothing is absent. */
  public Fact {
    requireNonNull(field, "field");
    requireNonNull(label, "label");
    requireNonNull(value, "value");
  }
}
