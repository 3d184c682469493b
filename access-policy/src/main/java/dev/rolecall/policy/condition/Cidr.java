package dev.rolecall.policy.condition;

import static java.util.Objects.requireNonNull;

import dev.rolecall.policy.internal.InvalidValue;
import java.util.Optional;

/**
 * A network of IP addresses, in CIDR notation: {@code 10.0.0.0/8}, {@code 2001:db8::/32}. A plain
 * address is the network of that address alone.
 *
 * @param network the first address, whose bits after the prefix are zero
 * @param prefix the bits that all its addresses share: 1 to 32 of IPv4, 1 to 128 of IPv6
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4632#section-3.1">RFC 4632, section 3.1</a>
 */
public record Cidr(IpAddress network, int prefix) {

  /** The form in words, as a message says it. */
  public static final String EXPECTED =
      "a network such as 10.0.0.0/8 or 2001:db8::/32, or one address";

  private static final String EVERY_ADDRESS = "no networks key, which means every address";
  private static final int BITS_OF_IPV4 = 32;
  private static final int BITS_OF_HALF = 64;
  private static final int BITS_OF_IPV6 = 128;

  /**
   * Checks the form.
   *
   * @throws IllegalArgumentException if the prefix is out of range, or a bit after it is set
   */
  public Cidr {
    requireNonNull(network, "network");
    String text = network + "/" + prefix;
    if (prefix == 0) {
      throw InvalidValue.broken("network", text, EVERY_ADDRESS);
    }
    if (prefix < 0 || prefix > bits(network)) {
      throw InvalidValue.broken("network", text, "a prefix of 1 to " + bits(network) + " bits");
    }
    IpAddress start = masked(network, prefix);
    if (!start.equals(network)) {
      throw InvalidValue.broken("network", text, start + "/" + prefix);
    }
  }

  /**
   * The network of that text.
   *
   * @throws IllegalArgumentException if the text is no network; the message says what would be
   *     right
   */
  public static Cidr parse(String text) {
    requireNonNull(text, "text");
    int slash = text.indexOf('/');
    Optional<IpAddress> address =
        text.indexOf('%') >= 0
            ? Optional.empty()
            : IpAddress.read(slash < 0 ? text : text.substring(0, slash));
    int prefix = slash < 0 ? address.map(Cidr::bits).orElse(-1) : number(text.substring(slash + 1));
    if (address.isEmpty() || prefix < 0) {
      throw InvalidValue.broken("network", text, EXPECTED);
    }
    if (address.get().isIpv4() && text.indexOf(':') >= 0) {
      throw InvalidValue.broken("network", text, asIpv4(address.get(), prefix));
    }
    return new Cidr(address.get(), prefix);
  }

  /** The right spelling of an IPv4 network that is written as IPv6. */
  private static String asIpv4(IpAddress address, int prefix) {
    int mapped = prefix - (BITS_OF_IPV6 - BITS_OF_IPV4);
    return mapped > 0 && mapped <= BITS_OF_IPV4
        ? masked(address, mapped) + "/" + mapped
        : address + "/" + BITS_OF_IPV4;
  }

  /** At most three digits without a leading zero; else negative. */
  private static int number(String digits) {
    boolean plain =
        !digits.isEmpty()
            && digits.length() <= 3
            && digits.chars().allMatch(c -> c >= '0' && c <= '9')
            && (digits.length() == 1 || digits.charAt(0) != '0');
    return plain ? Integer.parseInt(digits) : -1;
  }

  /** Whether the address is in the network. Addresses of the other family are not. */
  public boolean contains(IpAddress address) {
    if (address.isIpv4() != network.isIpv4()) {
      return false;
    }
    return ((address.high() ^ network.high()) & highMask(address, prefix)) == 0
        && ((address.low() ^ network.low()) & lowMask(address, prefix)) == 0;
  }

  /** The last address of the network. */
  public IpAddress last() {
    long low = network.low() | ~lowMask(network, prefix);
    return network.isIpv4()
        ? new IpAddress(true, 0, low & 0xffff_ffffL)
        : new IpAddress(false, network.high() | ~highMask(network, prefix), low);
  }

  private static int bits(IpAddress address) {
    return address.isIpv4() ? BITS_OF_IPV4 : BITS_OF_IPV6;
  }

  private static IpAddress masked(IpAddress address, int prefix) {
    return new IpAddress(
        address.isIpv4(),
        address.high() & highMask(address, prefix),
        address.low() & lowMask(address, prefix));
  }

  private static long highMask(IpAddress address, int prefix) {
    return address.isIpv4() ? 0 : upper(Math.min(prefix, BITS_OF_HALF));
  }

  private static long lowMask(IpAddress address, int prefix) {
    // An IPv4 address has the lower half of the lower half.
    return address.isIpv4()
        ? upper(BITS_OF_HALF - BITS_OF_IPV4 + prefix)
        : upper(Math.max(0, prefix - BITS_OF_HALF));
  }

  /** The mask of that many upper bits of 64. */
  private static long upper(int bits) {
    return bits == 0 ? 0 : -1L << (BITS_OF_HALF - bits);
  }

  @Override
  public String toString() {
    return network + "/" + prefix;
  }
}
