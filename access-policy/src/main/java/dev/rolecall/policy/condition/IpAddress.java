package dev.rolecall.policy.condition;

import dev.rolecall.policy.internal.InvalidValue;
import java.util.Optional;

/**
 * An IP address, read from text without a name service: the JDK's own reader would ask one for what
 * is no address. An IPv4 address that is written as IPv6 ({@code ::ffff:192.0.2.1}) is the IPv4
 * address.
 *
 * @param isIpv4 whether it is an IPv4 address
 * @param high the upper 64 bits of an IPv6 address, else 0
 * @param low the lower 64 bits of an IPv6 address, or the 32 of an IPv4 address
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4291#section-2.2">RFC 4291, section 2.2</a>
 */
public record IpAddress(boolean isIpv4, long high, long low) {

  /** The form in words, as a message says it. */
  public static final String EXPECTED = "an IPv4 or IPv6 address";

  private static final long LARGEST_IPV4 = 0xffff_ffffL;

  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if an IPv4 address has more than 32 bits
   */
  public IpAddress {
    if (isIpv4 && (high != 0 || low < 0 || low > LARGEST_IPV4)) {
      throw new IllegalArgumentException(
          "address: " + high + ", " + low + " (expected: at most 32 bits of IPv4)");
    }
  }

  /**
   * The address in that text; empty if it is not an address. A zone ({@code %eth0}) is left out.
   */
  public static Optional<IpAddress> read(String text) {
    return IpText.read(text);
  }

  /**
   * The address in that text.
   *
   * @throws IllegalArgumentException if the text is not an address, or has a zone
   */
  public static IpAddress parse(String text) {
    return text.indexOf('%') >= 0 ? refused(text) : read(text).orElseGet(() -> refused(text));
  }

  private static IpAddress refused(String text) {
    throw InvalidValue.broken("address", text, EXPECTED);
  }

  /**
   * The address as text, IPv6 as RFC 5952 has it.
   *
   * @see <a href="https://www.rfc-editor.org/rfc/rfc5952#section-4">RFC 5952, section 4</a>
   */
  @Override
  public String toString() {
    return IpText.of(this);
  }
}
