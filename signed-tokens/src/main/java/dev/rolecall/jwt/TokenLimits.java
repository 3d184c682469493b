package dev.rolecall.jwt;

import dev.rolecall.identity.internal.Range;
import dev.rolecall.jwt.json.JsonLimits;

/**
 * The bounds of a token to be read.
 *
 * @param characters the most characters of the text: 64 to 65,536; 8,192 by default, to which
 *     gRPC's limit on all metadata comes
 * @param header the bounds of the decoded header; by default 1,024 bytes and nesting of 4
 * @param payload the bounds of the decoded payload; by default 8,192 bytes, nesting of 8, 200
 *     members, numbers of 20 characters
 */
public record TokenLimits(int characters, JsonLimits header, JsonLimits payload) {

  private static final int LEAST = 64;
  private static final int MOST = 65_536;

  private static final TokenLimits STANDARD =
      new TokenLimits(8_192, new JsonLimits(1_024, 4, 50, 20), new JsonLimits(8_192, 8, 200, 20));

  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if the characters lie outside it
   */
  public TokenLimits {
    Range.check("characters", characters, LEAST, MOST);
  }

  /** The defaults. */
  public static TokenLimits standard() {
    return STANDARD;
  }

  /** These, with another bound of the text. */
  public TokenLimits withCharacters(int most) {
    return new TokenLimits(most, header, payload);
  }
}
