package dev.rolecall.access.internal.limits;

import org.jspecify.annotations.Nullable;

/**
 * An IP address read from text, without a name service: the JDK's own reader would ask one for what
 * is no address.
 *
 * @param isIpv4 whether it is an IPv4 address, or one that is written as IPv6
 * @param high the upper 64 bits of an IPv6 address, else 0
 * @param low the lower 64 bits of an IPv6 address, or the 32 of an IPv4 address
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4291#section-2.2">RFC 4291, section 2.2</a>
 */
record IpText(boolean isIpv4, long high, long low) {

  private static final int LONGEST = 64;
  private static final int GROUPS = 8;
  private static final int GROUP_BITS = 16;
  private static final int GROUPS_OF_IPV4 = 2;
  private static final int BYTES_OF_IPV4 = 4;
  private static final long MAPPED = 0xffffL;
  private static final long NONE = -1;

  /** The address in that text; null if it is not an address. A zone ({@code %eth0}) is left out. */
  static @Nullable IpText read(String text) {
    if (text.isEmpty() || text.length() > LONGEST) {
      return null;
    }
    if (text.indexOf(':') < 0) {
      long address = ipv4(text);
      return address == NONE ? null : new IpText(true, 0, address);
    }
    int zone = text.indexOf('%');
    return ipv6(zone < 0 ? text : text.substring(0, zone));
  }

  private static long ipv4(String text) {
    long address = 0;
    int bytes = 0;
    int start = 0;
    while (start <= text.length()) {
      int dot = text.indexOf('.', start);
      int end = dot < 0 ? text.length() : dot;
      long one = number(text, start, end, 10, 3);
      if (one == NONE || one > 255 || ++bytes > BYTES_OF_IPV4) {
        return NONE;
      }
      address = address << 8 | one;
      start = end + 1;
    }
    return bytes == BYTES_OF_IPV4 ? address : NONE;
  }

  private static @Nullable IpText ipv6(String text) {
    int gap = text.indexOf("::");
    long[] groups = new long[GROUPS];
    if (gap < 0) {
      return groups(text, groups) == GROUPS ? of(groups) : null;
    }
    int before = groups(text.substring(0, gap), groups);
    long[] rest = new long[GROUPS];
    int after = groups(text.substring(gap + 2), rest);
    if (before < 0 || after < 0 || before + after >= GROUPS) {
      return null;
    }
    System.arraycopy(rest, 0, groups, GROUPS - after, after);
    return of(groups);
  }

  /** The number of groups; negative if one is malformed. */
  private static int groups(String text, long[] groups) {
    int count = 0;
    int start = 0;
    while (start < text.length()) {
      int colon = text.indexOf(':', start);
      int end = colon < 0 ? text.length() : colon;
      if (colon < 0 && text.indexOf('.', start) >= 0) {
        long address = ipv4(text.substring(start));
        if (address == NONE || count + GROUPS_OF_IPV4 > GROUPS) {
          return -1;
        }
        groups[count++] = address >>> GROUP_BITS;
        groups[count++] = address & MAPPED;
        return count;
      }
      long one = number(text, start, end, 16, 4);
      if (one == NONE || count == GROUPS || end == text.length() - 1) {
        return -1;
      }
      groups[count++] = one;
      start = end + 1;
    }
    return count;
  }

  private static IpText of(long[] groups) {
    long high = groups[0] << 48 | groups[1] << 32 | groups[2] << 16 | groups[3];
    long low = groups[4] << 48 | groups[5] << 32 | groups[6] << 16 | groups[7];
    boolean mapped = high == 0 && low >>> 32 == MAPPED;
    return mapped ? new IpText(true, 0, low & 0xffff_ffffL) : new IpText(false, high, low);
  }

  private static long number(String text, int start, int end, int radix, int mostDigits) {
    if (end == start || end - start > mostDigits) {
      return NONE;
    }
    long value = 0;
    for (int i = start; i < end; i++) {
      char digit = text.charAt(i);
      int read = digit < 128 ? Character.digit(digit, radix) : -1;
      if (read < 0) {
        return NONE;
      }
      value = value * radix + read;
    }
    return value;
  }
}
