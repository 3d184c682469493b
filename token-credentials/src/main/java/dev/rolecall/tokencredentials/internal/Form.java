package dev.rolecall.tokencredentials.internal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;

/**
 * The fields of a form, in order; a name may stand several times. Its values may be secrets: {@code
 * toString} shows none. Not safe for use by several threads at once.
 */
public final class Form {

  private final List<String> fields = new ArrayList<>();

  /** Adds a field. */
  public Form add(String name, String value) {
    fields.add(encode(name) + "=" + encode(requireNonNull(value, name)));
    return this;
  }

  /** Adds a field for each value. */
  public Form addAll(String name, List<String> values) {
    values.forEach(value -> add(name, value));
    return this;
  }

  /** A text as {@code application/x-www-form-urlencoded} has it (RFC 6749, appendix B). */
  public static String encode(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  /** The form as text, as a query has it; it may hold secrets. */
  public String text() {
    return String.join("&", fields);
  }

  byte[] encoded() {
    return text().getBytes(US_ASCII);
  }

  @Override
  public String toString() {
    return "Form[****]";
  }
}
