package dev.rolecall.tests.tokens;

/** Other texts of the same token, to readers that are not strict. Each ends in its signature. */
enum OtherSpelling {
  /** With the padding of base64. */
  PADDED {
    @Override
    String of(String token) {
      return token + "=".repeat((4 - signatureLength(token) % 4) % 4);
    }
  },
  /** With a bit that the last character has to spare. */
  STRAY_BIT {
    @Override
    String of(String token) {
      int last = token.length() - 1;
      return token.substring(0, last) + ALPHABET.charAt(ALPHABET.indexOf(token.charAt(last)) ^ 1);
    }
  },
  /** With the padding of its claims. */
  PADDED_CLAIMS {
    @Override
    String of(String token) {
      int end = token.lastIndexOf('.');
      return token.substring(0, end) + "=" + token.substring(end);
    }
  },
  /** With a fourth part, which is empty. */
  FOURTH_PART {
    @Override
    String of(String token) {
      return token + ".";
    }
  };

  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  /** The text of that token, whose signature is of 64 or 256 bytes. */
  abstract String of(String token);

  private static int signatureLength(String token) {
    return token.length() - token.lastIndexOf('.') - 1;
  }
}
