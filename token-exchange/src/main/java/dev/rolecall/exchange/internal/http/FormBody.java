package dev.rolecall.exchange.internal.http;

import dev.rolecall.identity.internal.Alphabet;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The parameters of a request's body, {@code application/x-www-form-urlencoded}, read strictly:
 * each name once, printable ASCII alone. No record: values may be secrets.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-3.2">RFC 6749, section 3.2</a>
 */
public final class FormBody {

  /** The most bytes of a body. */
  public static final int MOST_BYTES = 32_768;

  private static final int MOST_PARAMETERS = 32;
  private static final int HEX = 16;
  private static final int ESCAPE = 3;
  private static final Alphabet PRINTABLE = Alphabet.range(' ', '~');
  private static final Alphabet HEX_DIGITS = Alphabet.LOWER_HEX.and(Alphabet.range('A', 'F'));

  private final Map<String, String> values;

  private FormBody(Map<String, String> values) {
    this.values = values;
  }

  /**
   * Reads a body. A parameter without a value counts as left out, as RFC 6749 has it.
   *
   * @return empty if it breaks a rule: more than 32 parameters, a name twice, an escape that is
   *     none, or any character but printable ASCII
   */
  public static Optional<FormBody> read(byte[] body) {
    String text = new String(body, StandardCharsets.ISO_8859_1);
    Map<String, String> values = new LinkedHashMap<>();
    for (String pair : text.isEmpty() ? new String[0] : text.split("&", MOST_PARAMETERS + 1)) {
      int equals = pair.indexOf('=');
      Optional<String> name = decoded(equals < 0 ? pair : pair.substring(0, equals));
      Optional<String> value = decoded(equals < 0 ? "" : pair.substring(equals + 1));
      if (name.isEmpty()
          || value.isEmpty()
          || values.size() == MOST_PARAMETERS
          || values.putIfAbsent(name.get(), value.get()) != null) {
        return Optional.empty();
      }
    }
    values.values().removeIf(String::isEmpty);
    return Optional.of(new FormBody(values));
  }

  private static Optional<String> decoded(String text) {
    StringBuilder decoded = new StringBuilder(text.length());
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '%') {
        if (at + ESCAPE > text.length()
            || !HEX_DIGITS.spells(text.substring(at + 1, at + ESCAPE), 2, 2)) {
          return Optional.empty();
        }
        c = (char) Integer.parseInt(text, at + 1, at + ESCAPE, HEX);
        at += ESCAPE - 1;
      } else if (c == '+') {
        c = ' ';
      }
      if (!PRINTABLE.has(c)) {
        return Optional.empty();
      }
      decoded.append(c);
    }
    return Optional.of(decoded.toString());
  }

  /** Whether there is a parameter of that name with a value. */
  public boolean has(String name) {
    return values.containsKey(name);
  }

  /** The value of a parameter; never an empty one. */
  public Optional<String> value(String name) {
    return Optional.ofNullable(values.get(name));
  }

  @Override
  public String toString() {
    return "FormBody[****]";
  }
}
