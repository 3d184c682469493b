package dev.rolecall.proof;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.Alphabet;
import dev.rolecall.identity.internal.HostName;
import dev.rolecall.identity.internal.InvalidValue;

/**
 * The {@code host} a presigned request was signed for: a lower-case DNS name or IPv4 address, with
 * {@code :port} for a custom endpoint. It only ever selects an entry of the verifier's endpoint
 * table by equality; it is never parsed as a URL nor connected to.
 *
 * @param value the host, at most 253 characters, and a port of up to five digits
 */
public record StsHost(String value) {

  private static final int LONGEST_NAME = 253;
  private static final int PORT_DIGITS = 5;

  /**
   * Checks the form.
   *
   * @throws IllegalArgumentException if the value breaks the rule above
   */
  public StsHost {
    requireNonNull(value, "value");
    if (!isValid(value)) {
      throw InvalidValue.of(
          "STS host", value, "a lower-case host name, with :port where it has one");
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
    int colon = text.indexOf(':');
    return colon < 0
        ? HostName.isValid(text, LONGEST_NAME)
        : HostName.isValid(text.substring(0, colon), LONGEST_NAME)
            && isPort(text.substring(colon + 1));
  }

  private static boolean isPort(String text) {
    return Alphabet.DIGITS.spells(text, 1, PORT_DIGITS) && text.charAt(0) != '0';
  }

  @Override
  public String toString() {
    return value;
  }
}
