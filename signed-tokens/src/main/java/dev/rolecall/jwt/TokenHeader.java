package dev.rolecall.jwt;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.Alphabet;
import dev.rolecall.jwt.key.Algorithm;
import dev.rolecall.jwt.key.KeyId;
import java.util.Optional;

/**
 * The header of a token. Nothing else of a header is used: {@code x5t} and {@code x5t#S256} are
 * ignored, every other member refuses the token.
 *
 * @param algorithm {@code alg}
 * @param type {@code typ}: 1 to 128 printable characters of ASCII
 * @param kid {@code kid}: 1 to 256 printable characters of ASCII; a key of a map and nothing else
 */
public record TokenHeader(Algorithm algorithm, Optional<String> type, Optional<String> kid) {

  private static final Alphabet PRINTABLE = Alphabet.range(' ', '~');
  private static final int LONGEST_TYPE = 128;
  private static final String APPLICATION = "application/";

  /**
   * Checks the forms.
   *
   * @throws IllegalArgumentException if one breaks its rule; the message does not quote it
   */
  public TokenHeader {
    requireNonNull(algorithm, "algorithm");
    if (!type.map(TokenHeader::isType).orElse(true)) {
      throw new IllegalArgumentException(TokenFlaw.TYPE.words());
    }
    if (!kid.map(KeyId::isValid).orElse(true)) {
      throw new IllegalArgumentException(TokenFlaw.KEY_ID.words());
    }
  }

  static boolean isType(String text) {
    return PRINTABLE.spells(text, 1, LONGEST_TYPE);
  }

  /**
   * Whether {@code typ} is that type: in any case, and with or without {@code application/} in
   * front (RFC 7515, section 4.1.9).
   *
   * @param wanted such as {@code at+jwt}
   */
  public boolean isOfType(String wanted) {
    return type.map(
            text ->
                text.equalsIgnoreCase(wanted)
                    || (text.regionMatches(true, 0, APPLICATION, 0, APPLICATION.length())
                        && text.substring(APPLICATION.length()).equalsIgnoreCase(wanted)))
        .orElse(false);
  }
}
