package dev.rolecall.tests.secrets;

import static java.util.Objects.requireNonNull;

/**
 * Something that people can read.
 *
 * @param kind how it gets to them
 * @param where its place among those of its kind
 * @param test the test that ran when it was written
 * @param text what it says
 */
public record Output(OutputKind kind, String where, String test, String text) {

  /** Checks that nothing is absent. */
  public Output {
    requireNonNull(kind, "kind");
    requireNonNull(where, "where");
    requireNonNull(test, "test");
    requireNonNull(text, "text");
  }
}
