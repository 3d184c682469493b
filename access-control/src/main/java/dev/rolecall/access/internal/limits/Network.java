package dev.rolecall.access.internal.limits;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;

/**
 * A block of IP addresses, or a name that stands for one. The key of a count.
 *
 * <p>Comparable, so that a peer that chooses addresses of one hash code gains little.
 *
 * @param high the upper 64 bits of an IPv6 address, masked; 0 for others
 * @param low the lower 64 bits of an IPv6 address, or an IPv4 address, masked
 * @param kind tells blocks of different families and sizes apart
 * @param name the name; empty for an IP address
 */
public record Network(long high, long low, Kind kind, String name) implements Comparable<Network> {

  private static final Comparator<Network> ORDER =
      Comparator.comparingLong(Network::high)
          .thenComparingLong(Network::low)
          .thenComparing(Network::kind)
          .thenComparing(Network::name);

  /** Families and prefix lengths. */
  enum Kind {
    IPV4_ADDRESS,
    IPV4_24,
    IPV6_ADDRESS,
    IPV6_64,
    IPV6_56,
    NAMED,
    AROUND_NAMED
  }

  /** Checks that nothing is absent. */
  public Network {
    requireNonNull(kind, "kind");
    requireNonNull(name, "name");
  }

  /** A peer without an IP address, or an access key. */
  static Network named(String name) {
    return new Network(0, 0, Kind.NAMED, name);
  }

  @Override
  public int compareTo(Network other) {
    return ORDER.compare(this, other);
  }
}
