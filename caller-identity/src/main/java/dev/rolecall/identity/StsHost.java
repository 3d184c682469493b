package dev.rolecall.identity;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;

/**
 * The {@code host} a presigned request was signed for: a lower-case DNS name or IPv4 address, with
 * {@code :port} for a custom endpoint. It only ever selects an entry of the verifier's endpoint
 * table by equality; it is never parsed as a URL nor connected to.
 *
 * @param value the host, at most 253 characters, and a port of up to five digits
 */
public record StsHost(String value) {

  private static final Pattern FORM =
      Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?(:[1-9][0-9]{0,4})?");

  /**
   * Checks the form.
   *
   * @throws IllegalArgumentException if the value breaks the rule above
   */
  public StsHost {
    requireNonNull(value, "value");
    if (!isValid(value)) {
      throw Rule.broken("STS host", value, "a lower-case host name, with :port where it has one");
    }
  }

  /**
   * The host of that text.
   *
   * @throws IllegalArgumentException if the text breaks the rule above
   */
  public static StsHost parse(String text) {
    return new StsHost(text);
  }

  static boolean isValid(String text) {
    return FORM.matcher(text).matches();
  }

  @Override
  public String toString() {
    return value;
  }
}
