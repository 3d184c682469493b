package dev.rolecall.stsemulator.internal.sigv4;

import static java.util.Objects.requireNonNull;

/**
 * A header field or a query parameter, as the request had it.
 *
 * @param name its name, case kept
 * @param value its value; may be a secret, so {@code toString} leaves it out
 */
public record NamedValue(String name, String value) {

  /** Checks that nothing is absent. */
  public NamedValue {
    requireNonNull(name, "name");
    requireNonNull(value, "value");
  }

  @Override
  public String toString() {
    return name + "=****";
  }
}
