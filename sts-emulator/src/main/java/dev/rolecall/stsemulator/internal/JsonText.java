package dev.rolecall.stsemulator.internal;

/** Writes texts as JSON strings (RFC 8259, section 7). */
public final class JsonText {

  private JsonText() {}

  /** The text in quotation marks. Surrogates are escaped, so that a lone one harms no encoder. */
  public static String quoted(String value) {
    StringBuilder quoted = new StringBuilder(value.length() + 16).append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"' -> quoted.append("\\\"");
        case '\\' -> quoted.append("\\\\");
        case '\n' -> quoted.append("\\n");
        case '\r' -> quoted.append("\\r");
        case '\t' -> quoted.append("\\t");
        default -> {
          if (c < 0x20 || Character.isSurrogate(c)) {
            quoted.append("\\u%04x".formatted((int) c));
          } else {
            quoted.append(c);
          }
        }
      }
    }
    return quoted.append('"').toString();
  }
}
