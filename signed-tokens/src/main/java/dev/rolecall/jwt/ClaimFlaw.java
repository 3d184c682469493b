package dev.rolecall.jwt;

/**
 * The check that the claims of a token fail. Its words are fixed, so they may be logged.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7519#section-4.1">RFC 7519, section 4.1</a>
 */
public enum ClaimFlaw {
  /** An {@code iss} that is no text of 1 to 1,024 characters. */
  ISSUER_FORM("iss is not a text of 1 to 1024 characters"),
  /** No {@code iss}, or another than the one expected, character by character. */
  ISSUER_OTHER("iss is missing or not the expected issuer"),
  /** A {@code sub} that is no text of 1 to 255 characters without controls and outer spaces. */
  SUBJECT_FORM("sub is not 1 to 255 characters without controls and outer spaces"),
  /** An {@code aud} that is neither a text nor a list of texts, or is empty. */
  AUDIENCE_FORM("aud is neither a text nor a list of texts"),
  /** No {@code aud}, or none of those expected. */
  AUDIENCE_OTHER("aud is missing or names another audience"),
  /** No {@code exp}. */
  EXPIRY_MISSING("exp is missing"),
  /** An {@code exp}, {@code iat} or {@code nbf} that is no whole number of seconds since 2001. */
  TIME_FORM("exp, iat or nbf is not a whole number of ten digits"),
  /** An {@code exp} that is not after {@code iat} and {@code nbf}. */
  TIMES_CONTRADICT("exp is not after iat and nbf"),
  /** A life longer than the limit. */
  LIFE_TOO_LONG("the token lives longer than the limit"),
  /** An {@code exp} that has passed, by more than clocks may differ. */
  EXPIRED("exp has passed"),
  /** An {@code nbf} or {@code iat} ahead, by more than clocks may differ. */
  NOT_YET_VALID("nbf or iat lies in the future");

  private final String words;

  ClaimFlaw(String words) {
    this.words = words;
  }

  /** The flaw in a few words. */
  public String words() {
    return words;
  }
}
