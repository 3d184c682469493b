package dev.rolecall.jwt.key;

/**
 * The rule by which a key of a set is left out. Its words are fixed, so they may be logged.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7517">RFC 7517</a>
 */
public enum KeyFlaw {
  /** An entry that is no object. */
  NOT_AN_OBJECT(false, "not an object"),
  /** No {@code kty}, or one of no kind of key here. */
  TYPE_UNKNOWN(false, "kty is none of RSA, EC, OKP"),
  /** A curve of none of the kinds. */
  CURVE_UNKNOWN(false, "crv is none of P-256, P-384, P-521, Ed25519"),
  /** A {@code use} other than {@code sig} and {@code jwt-svid}. */
  USE_OTHER(false, "use is not sig"),
  /** {@code key_ops} without {@code verify}, or with a name twice or no text. */
  OPERATIONS_OTHER(false, "key_ops has no verify"),
  /** An {@code alg} that is unknown here, or of another kind of key. */
  ALGORITHM_OTHER(false, "alg is unknown or does not fit the key"),
  /** A {@code kid} that is no text of 1 to 256 printable characters of ASCII. */
  KID_FORM(false, "kid is not 1 to 256 printable characters"),
  /** A number of the key that is missing, no canonical base64url, or of another length. */
  NUMBER_FORM(false, "a number is missing or not canonical base64url of its length"),
  /** RSA of fewer than 2,048 or more than 8,192 bits, or with an even modulus. */
  RSA_MODULUS(false, "the RSA modulus is not odd and of 2048 to 8192 bits"),
  /** An RSA exponent that is even, less than 3 or longer than 64 bits. */
  RSA_EXPONENT(false, "the RSA exponent is not odd and of 3 to 2^64"),
  /** An RSA modulus with the fingerprint of CVE-2017-15361 (ROCA). */
  RSA_ROCA(true, "the RSA key was made by a broken generator (CVE-2017-15361)"),
  /** A point that does not lie on its curve, or one of small order, for which anyone can sign. */
  POINT(false, "the point is not on the curve, or of small order"),
  /** Members of a private key: its owner has published it. */
  PRIVATE(true, "the key has private members: its owner has published a secret"),
  /** A symmetric key: its owner has published it. */
  SYMMETRIC(true, "the key is a shared secret that its owner has published"),
  /** A {@code kid} that another key of the set has too. */
  KID_REPEATED(true, "two keys have the same kid");

  private final boolean alarm;
  private final String words;

  KeyFlaw(boolean alarm, String words) {
    this.alarm = alarm;
    this.words = words;
  }

  /**
   * Whether an operator should be told. The others are usual: sets hold keys for encryption and
   * kinds that are not read here.
   */
  public boolean isAlarm() {
    return alarm;
  }

  /** The flaw in a few words. */
  public String words() {
    return words;
  }
}
