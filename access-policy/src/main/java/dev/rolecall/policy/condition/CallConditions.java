package dev.rolecall.policy.condition;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The conditions of a rule on the call itself. They hold if the peer's address is in one of the
 * networks, and every header condition holds. A list that is empty narrows nothing.
 *
 * <p>The address is that of the connection's peer: behind a proxy it is the proxy's.
 *
 * @param networks the networks; at most 1,000
 * @param headers the conditions on headers, each of another header; at most 100
 */
public record CallConditions(List<Cidr> networks, List<HeaderMatch> headers) {

  private static final CallConditions NONE = new CallConditions(List.of(), List.of());
  private static final int MOST_NETWORKS = 1_000;
  private static final int MOST_HEADERS = 100;

  /**
   * Checks the counts.
   *
   * @throws IllegalArgumentException if there are too many, or two are of one header
   */
  public CallConditions {
    networks = List.copyOf(networks);
    headers = List.copyOf(headers);
    check("networks", networks, MOST_NETWORKS);
    check("headers", headers, MOST_HEADERS);
    Set<HeaderName> keys = new HashSet<>();
    for (HeaderMatch header : headers) {
      if (!keys.add(header.key())) {
        throw new IllegalArgumentException(
            "headers: \"" + header.key() + "\" twice (expected: once, with all its values)");
      }
    }
  }

  private static void check(String what, List<?> given, int most) {
    if (given.size() > most) {
      throw new IllegalArgumentException(
          what + ": " + given.size() + " (expected: at most " + most + ")");
    }
  }

  /** No conditions. */
  public static CallConditions none() {
    return NONE;
  }

  /**
   * The condition that a call comes from one of these networks.
   *
   * @throws IllegalArgumentException if the list is empty, or one is invalid
   */
  public static CallConditions from(String... networks) {
    if (networks.length == 0) {
      throw new IllegalArgumentException("networks: none (expected: at least one)");
    }
    return new CallConditions(Stream.of(networks).map(Cidr::parse).toList(), List.of());
  }

  /**
   * The condition that a call brings a header with one of these values.
   *
   * @throws IllegalArgumentException as {@link HeaderMatch#of} says
   */
  public static CallConditions withHeader(String key, String... values) {
    return new CallConditions(List.of(), List.of(HeaderMatch.of(key, values)));
  }

  /**
   * These conditions on headers and those, both of which must hold. Networks are alternatives, so
   * only one of the two may have some.
   *
   * @throws IllegalArgumentException if both have networks, or a condition on one header
   */
  public CallConditions and(CallConditions other) {
    if (!networks.isEmpty() && !other.networks.isEmpty()) {
      throw new IllegalArgumentException("networks: twice (expected: all of them at once)");
    }
    return new CallConditions(
        networks.isEmpty() ? other.networks : networks,
        Stream.concat(headers.stream(), other.headers.stream()).toList());
  }

  /** Whether there are none, so that they hold for every call. */
  public boolean isNone() {
    return networks.isEmpty() && headers.isEmpty();
  }

  /**
   * Whether the conditions hold for a call.
   *
   * @param deny whether a deny rule asks: an unknown fact then meets each condition, and of a
   *     header with commas each part counts; to an allow rule, neither does
   */
  public boolean hold(CallFacts call, boolean deny) {
    return networksHold(call, deny) && headersHold(call, deny);
  }

  private boolean networksHold(CallFacts call, boolean deny) {
    if (networks.isEmpty()) {
      return true;
    }
    Optional<IpAddress> address = call.address();
    if (address.isEmpty()) {
      return deny;
    }
    for (Cidr network : networks) {
      if (network.contains(address.get())) {
        return true;
      }
    }
    return false;
  }

  private boolean headersHold(CallFacts call, boolean deny) {
    if (headers.isEmpty()) {
      return true;
    }
    if (!call.knowsHeaders()) {
      return deny;
    }
    for (HeaderMatch header : headers) {
      Optional<String> value = call.header(header.key());
      if (value.isEmpty() || !header.matches(value.get(), deny)) {
        return false;
      }
    }
    return true;
  }
}
