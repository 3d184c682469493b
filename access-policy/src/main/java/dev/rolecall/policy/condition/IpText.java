package dev.rolecall.policy.condition;

import java.util.Optional;

/** The texts of IP addresses, read and written. Allocates little, and asks no name service. */
final class IpText {

  private static final int LONGEST = 64;
  private static final int GROUPS = 8;
  private static final int GROUP_BITS = 16;
  private static final int GROUPS_OF_IPV4 = 2;
  private static final int BYTES_OF_IPV4 = 4;
  private static final long MAPPED = 0xffffL;
  private static final long NONE = -1;

  private IpText() {}

  static Optional<IpAddress> read(String text) {
    if (text.isEmpty() || text.length() > LONGEST) {
      return Optional.empty();
    }
    if (text.indexOf(':') < 0) {
      long address = ipv4(text);
      return address == NONE ? Optional.empty() : Optional.of(new IpAddress(true, 0, address));
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
      // A leading zero is octal to some readers.
      boolean padded = end - start > 1 && text.charAt(start) == '0';
      if (one == NONE || one > 255 || padded || ++bytes > BYTES_OF_IPV4) {
        return NONE;
      }
      address = (address << 8) | one;
      start = end + 1;
    }
    return bytes == BYTES_OF_IPV4 ? address : NONE;
  }

  private static Optional<IpAddress> ipv6(String text) {
    int gap = text.indexOf("::");
    long[] groups = new long[GROUPS];
    if (gap < 0) {
      return groups(text, groups) == GROUPS ? Optional.of(of(groups)) : Optional.empty();
    }
    int before = groups(text.substring(0, gap), groups);
    long[] rest = new long[GROUPS];
    int after = groups(text.substring(gap + 2), rest);
    if (before < 0 || after < 0 || before + after >= GROUPS) {
      return Optional.empty();
    }
    System.arraycopy(rest, 0, groups, GROUPS - after, after);
    return Optional.of(of(groups));
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

  private static IpAddress of(long[] groups) {
    long high = groups[0] << 48 | groups[1] << 32 | groups[2] << 16 | groups[3];
    long low = groups[4] << 48 | groups[5] << 32 | groups[6] << 16 | groups[7];
    boolean mapped = high == 0 && low >>> 32 == MAPPED;
    return mapped ? new IpAddress(true, 0, low & 0xffff_ffffL) : new IpAddress(false, high, low);
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

  static String of(IpAddress address) {
    if (address.isIpv4()) {
      long low = address.low();
      return (low >>> 24) + "." + (low >>> 16 & 255) + "." + (low >>> 8 & 255) + "." + (low & 255);
    }
    long[] groups = new long[GROUPS];
    for (int i = 0; i < GROUPS; i++) {
      long half = i < GROUPS / 2 ? address.high() : address.low();
      groups[i] = (half >>> (GROUP_BITS * (3 - i % 4))) & MAPPED;
    }
    return ofGroups(groups);
  }

  /** The longest run of two or more groups of zero, the first of equals, becomes two colons. */
  private static String ofGroups(long[] groups) {
    int gap = -1;
    int longest = 1;
    for (int i = 0; i < GROUPS; i++) {
      int end = i;
      while (end < GROUPS && groups[end] == 0) {
        end++;
      }
      if (end - i > longest) {
        gap = i;
        longest = end - i;
      }
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < GROUPS; i++) {
      if (i == gap) {
        text.append("::");
        i += longest - 1;
      } else {
        if (i > 0 && text.charAt(text.length() - 1) != ':') {
          text.append(':');
        }
        text.append(Long.toHexString(groups[i]));
      }
    }
    return text.toString();
  }
}
