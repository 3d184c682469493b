package dev.rolecall.txntoken;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.Alphabet;
import dev.rolecall.identity.internal.InvalidValue;

/**
 * The name of the services that trust one set of proxies: the claim {@code aud} of their tokens.
 *
 * @param name 1 to 255 characters of {@code [A-Za-z0-9._~:/@-]}
 */
public record TrustDomain(String name) {

  private static final int LONGEST = 255;
  private static final Alphabet NAME =
      Alphabet.range('a', 'z').and(Alphabet.UPPER_AND_DIGITS).and(Alphabet.of("._~:/@-"));

  /**
   * Checks the form.
   *
   * @throws IllegalArgumentException if the name breaks the rule above
   */
  public TrustDomain {
    requireNonNull(name, "name");
    if (!NAME.spells(name, 1, LONGEST)) {
      throw InvalidValue.of(
          "trust domain", name, "1 to 255 characters of A-Z a-z 0-9 . _ ~ : / @ -");
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
