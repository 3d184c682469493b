package dev.rolecall.tokens;

/** The shapes of a bearer token. A text has exactly one, so it is never tried as another. */
enum TokenShape {
  /** A credential of another scheme, by its prefix. */
  FOREIGN,
  /** Two dots: a signed token, well-formed or not. */
  SIGNED,
  /** Anything else, of which only the issuer knows what it is. */
  OPAQUE;

  private static final String[] PREFIXES = {"rolecall-v1~", "k8s-aws-v1.", "rck_"};

  static TokenShape of(String text) {
    for (String prefix : PREFIXES) {
      if (text.startsWith(prefix)) {
        return FOREIGN;
      }
    }
    int first = text.indexOf('.');
    int second = text.indexOf('.', first + 1);
    return first >= 0 && second > first && text.indexOf('.', second + 1) < 0 ? SIGNED : OPAQUE;
  }
}
