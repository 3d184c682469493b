package dev.rolecall.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A DNS name without wildcards, in lower case.
 *
 * @param value at most 253 characters: labels of 1 to 63 of {@code [a-z0-9-]}, joined by dots
 */
record HostName(String value) {

  private static final Pattern FORM =
      Pattern.compile(
          "(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
              + "(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*");

  HostName {
    requireNonNull(value, "value");
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "host name: "
              + value.replaceAll("[^ -~]", "?")
              + " (expected: a DNS name in lower case, without wildcards)");
    }
  }

  /** The host name of that text, if it is one. */
  static Optional<HostName> of(String text) {
    return FORM.matcher(text).matches() ? Optional.of(new HostName(text)) : Optional.empty();
  }

  byte[] ascii() {
    return value.getBytes(US_ASCII);
  }

  @Override
  public String toString() {
    return value;
  }
}
