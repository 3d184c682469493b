package dev.rolecall.fuzz.judge;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A rule's networks and headers as they are written: networks as the bits of an address begin,
 * headers as regular expressions.
 *
 * @param networks the networks
 * @param headers the values by name
 */
public record NaiveConditions(List<String> networks, Map<String, List<String>> headers) {

  public NaiveConditions {
    networks = List.copyOf(networks);
    headers = Map.copyOf(headers);
  }

  /** Whether there are none. */
  public boolean isNone() {
    return networks.isEmpty() && headers.isEmpty();
  }

  /**
   * Whether they hold; what is not known decides for itself.
   *
   * @param whenUnknown true for a deny rule, false for an allow rule
   */
  boolean hold(NaiveCall call, boolean whenUnknown) {
    boolean network =
        networks.isEmpty()
            || call.address()
                .map(address -> networks.stream().anyMatch(each -> contains(each, address)))
                .orElse(whenUnknown);
    boolean header =
        headers.isEmpty()
            || call.headers()
                .map(
                    known ->
                        headers.entrySet().stream()
                            .allMatch(
                                each ->
                                    known.containsKey(each.getKey())
                                        && matches(
                                            each.getValue(),
                                            known.get(each.getKey()),
                                            whenUnknown)))
                .orElse(whenUnknown);
    return network && header;
  }

  private static boolean contains(String network, String address) {
    int slash = network.indexOf('/');
    String start = bits(slash < 0 ? network : network.substring(0, slash));
    int prefix = slash < 0 ? start.length() : Integer.parseInt(network.substring(slash + 1));
    String bits = bits(address);
    return bits.length() == start.length() && bits.startsWith(start.substring(0, prefix));
  }

  /** The JDK's own reader, which takes an address as such without asking for its name. */
  private static String bits(String address) {
    try {
      byte[] bytes = InetAddress.getByName(address).getAddress();
      return IntStream.range(0, bytes.length)
          .mapToObj(i -> Integer.toBinaryString((bytes[i] & 0xff) | 0x100).substring(1))
          .collect(Collectors.joining());
    } catch (UnknownHostException e) {
      throw new AssertionError(address, e);
    }
  }

  private static boolean matches(List<String> patterns, String value, boolean deny) {
    return deny
        ? Stream.concat(Stream.of(value), Stream.of(value.split(",", -1)).map(String::strip))
            .anyMatch(part -> matches(patterns, part, ".*", ".*"))
        : matches(patterns, value, ".+", "[^,]*");
  }

  private static boolean matches(List<String> patterns, String value, String present, String any) {
    return patterns.stream().anyMatch(pattern -> value.matches(regex(pattern, present, any)));
  }

  private static String regex(String pattern, String present, String any) {
    if (pattern.equals("*")) {
      return "(?s)" + present;
    }
    if (pattern.endsWith("*")) {
      return "(?s)" + Pattern.quote(pattern.substring(0, pattern.length() - 1)) + any;
    }
    return pattern.startsWith("*")
        ? "(?s)" + any + Pattern.quote(pattern.substring(1))
        : Pattern.quote(pattern);
  }
}
