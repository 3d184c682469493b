package dev.rolecall.jwt;

/**
 * The check that a text fails before it is a token. Its words are fixed, so they may be logged.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7515">RFC 7515</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8725">RFC 8725, best current practices</a>
 */
public enum TokenFlaw {
  /** More characters than the limit. */
  TOO_LONG("longer than the limit"),
  /** Not three parts between two dots, none of them empty. */
  PARTS("not three non-empty parts between dots"),
  /** A part that is no canonical base64url without padding. */
  BASE64("a part is not canonical base64url"),
  /** A header that is no JSON object within its bounds. */
  HEADER_JSON("the header is not a JSON object within the limits"),
  /** A header that brings a key, names where to get one, or asks for processing. */
  HEADER_FORBIDDEN("the header has crit, jwk, jku, x5u, x5c, b64, zip, enc or cty"),
  /** A member of the header that is not known. */
  HEADER_UNKNOWN("the header has an unknown member"),
  /** A member of the header that is no text. */
  HEADER_NOT_TEXT("a member of the header is not a text"),
  /** No {@code alg}, or none of the algorithms here: {@code none} and HMACs among them. */
  ALGORITHM("alg is missing or not an accepted signature algorithm"),
  /** A {@code kid} that is not 1 to 256 printable characters of ASCII. */
  KEY_ID("kid is not 1 to 256 printable characters"),
  /** A {@code typ} that is not 1 to 128 printable characters of ASCII. */
  TYPE("typ is not 1 to 128 printable characters"),
  /** A payload that is no JSON object within its bounds. */
  PAYLOAD_JSON("the payload is not a JSON object within the limits");

  private final String words;

  TokenFlaw(String words) {
    this.words = words;
  }

  /** The flaw in a few words. */
  public String words() {
    return words;
  }
}
