package dev.rolecall.policytools.compare;

import dev.rolecall.policy.condition.Cidr;
import dev.rolecall.policy.condition.IpAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Addresses that stand for all addresses that no network of some rules tells from them. The
 * networks around an address are those around the smallest one that contains it. So one address for
 * each network, outside the smaller ones within, one outside them all, and the unknown one are
 * enough.
 */
final class RepresentativeAddresses {

  /** Those that documentation uses (RFC 5737, RFC 3849), before others: a reader knows them. */
  private static final List<IpAddress> KNOWN =
      Stream.of("192.0.2.1", "198.51.100.1", "203.0.113.1", "2001:db8::1")
          .map(IpAddress::parse)
          .toList();

  private static final List<IpAddress> FIRST =
      Stream.of("0.0.0.0", "::").map(IpAddress::parse).toList();

  private RepresentativeAddresses() {}

  /** The addresses, the unknown one last; it alone if there are no networks. */
  static List<Optional<IpAddress>> of(Collection<Cidr> networks) {
    List<Optional<IpAddress>> addresses = new ArrayList<>();
    if (!networks.isEmpty()) {
      List<Cidr> distinct = distinct(networks);
      outside(distinct).ifPresent(address -> addresses.add(Optional.of(address)));
      for (Cidr network : distinct) {
        within(network, distinct).ifPresent(address -> addresses.add(Optional.of(address)));
      }
    }
    addresses.add(Optional.empty());
    return addresses;
  }

  private static List<Cidr> distinct(Collection<Cidr> networks) {
    Collection<Cidr> sorted =
        new TreeSet<>(
            Comparator.comparing((Cidr network) -> network.network().isIpv4())
                .thenComparingLong(network -> network.network().high())
                .thenComparingLong(network -> network.network().low())
                .thenComparingInt(Cidr::prefix));
    sorted.addAll(networks);
    return List.copyOf(sorted);
  }

  private static Optional<IpAddress> outside(List<Cidr> networks) {
    return Stream.concat(
            KNOWN.stream().filter(address -> around(address, networks).isEmpty()),
            FIRST.stream().flatMap(first -> outside(first, networks).stream()))
        .findFirst();
  }

  /** The first address from there on that is in none of the networks. */
  private static Optional<IpAddress> outside(IpAddress from, List<Cidr> networks) {
    IpAddress address = from;
    Optional<Cidr> around = around(address, networks);
    while (around.isPresent()) {
      address = after(around.get().last());
      if (address.equals(from)) {
        return Optional.empty();
      }
      around = around(address, networks);
    }
    return Optional.of(address);
  }

  /** The first address of the network that is in no smaller one within. */
  private static Optional<IpAddress> within(Cidr network, List<Cidr> networks) {
    List<Cidr> smaller =
        networks.stream()
            .filter(other -> other.prefix() > network.prefix())
            .filter(other -> network.contains(other.network()))
            .toList();
    return outside(network.network(), smaller).filter(network::contains);
  }

  private static Optional<Cidr> around(IpAddress address, List<Cidr> networks) {
    return networks.stream().filter(network -> network.contains(address)).findFirst();
  }

  /** The next address; after the last one, the first. */
  private static IpAddress after(IpAddress address) {
    long low = address.low() + 1;
    if (address.isIpv4()) {
      return new IpAddress(true, 0, low & 0xffff_ffffL);
    }
    return new IpAddress(false, low == 0 ? address.high() + 1 : address.high(), low);
  }
}
