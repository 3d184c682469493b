package dev.rolecall.policy.claim;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.Attributes;
import dev.rolecall.identity.ClaimValue;
import dev.rolecall.policy.internal.InvalidValue;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A condition on one principal tag of an IAM role. AWS's web identity tokens state tags; a proof of
 * STS states none.
 *
 * @param tag the tag's key, as IAM has it: 1 to 128 letters, digits, spaces and {@code _.:/=+-@}
 * @param test the values that meet it; of texts alone, and no list
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html">Tags for IAM
 *     resources</a>
 */
public record TagCondition(String tag, ClaimTest test) {

  /** The form of a key in words, as a message says it. */
  public static final String EXPECTED = "1 to 128 letters, digits, spaces and _ . : / = + - @";

  private static final Pattern FORM = Pattern.compile("[\\p{L}\\p{N} _.:/=+@-]{1,128}");

  /**
   * Checks both parts.
   *
   * @throws IllegalArgumentException if no tag has that key or can meet that test
   */
  public TagCondition {
    requireNonNull(tag, "tag");
    requireNonNull(test, "test");
    if (!FORM.matcher(tag).matches()) {
      throw InvalidValue.broken("tag", tag, EXPECTED);
    }
    if (test instanceof ClaimTest.Contains
        || !test.named().stream().allMatch(ClaimValue.Text.class::isInstance)) {
      throw new IllegalArgumentException(
          "tag \"" + tag + "\": " + test + " (expected: a text; the value of a tag is one)");
    }
  }

  /** The outcome for a caller. */
  public Outcome of(Attributes caller) {
    return test.of(Optional.ofNullable(caller.tags().get(tag)).map(ClaimValue.Text::new));
  }

  @Override
  public String toString() {
    return "tag " + tag + ": " + test;
  }
}
