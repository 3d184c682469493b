package dev.rolecall.jwt.key;

import java.util.Base64;

/** The text of a PEM file with one PKCS#8 private key (RFC 7468, section 10). */
final class PemText {

  private static final int LONGEST = 16_384;
  private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final String END = "-----END PRIVATE KEY-----";
  private static final String EXPECTED =
      " (expected: one PKCS#8 key, -----BEGIN PRIVATE KEY-----; openssl pkcs8 -topk8 -nocrypt"
          + " makes one of others)";

  private PemText() {}

  /**
   * The DER that the text holds. White space around it and its line breaks are free.
   *
   * @throws IllegalArgumentException if it is anything else; the message quotes nothing of it
   */
  static byte[] decode(String pem) {
    if (pem.length() > LONGEST) {
      throw new IllegalArgumentException(
          "private key: longer than " + LONGEST + " characters" + EXPECTED);
    }
    String text = pem.strip();
    if (!text.startsWith(BEGIN) || !text.endsWith(END)) {
      throw new IllegalArgumentException("private key: not a PEM text of PKCS#8" + EXPECTED);
    }
    String body = text.substring(BEGIN.length(), text.length() - END.length());
    try {
      return Base64.getDecoder().decode(body.replaceAll("\\s", ""));
    } catch (IllegalArgumentException e) {
      // The decoder's message quotes a character of the key.
      throw new IllegalArgumentException("private key: not base64" + EXPECTED);
    }
  }
}
