package dev.rolecall.access.internal.limits;

import static java.util.Objects.requireNonNull;

import dev.rolecall.policy.condition.IpAddress;

/**
 * A peer as limits count it: by its address and by the networks around it.
 *
 * <table>
 *   <caption>What is counted</caption>
 *   <tr><th></th><th>address</th><th>host</th><th>site</th></tr>
 *   <tr><td>IPv4</td><td>the address</td><td>the address</td><td>its /24</td></tr>
 *   <tr><td>IPv6</td><td>the address</td><td>its /64</td><td>its /56</td></tr>
 *   <tr><td>anything else</td><td>the name</td><td>the name</td><td>the name</td></tr>
 * </table>
 *
 * <p>One host has a whole /64 of IPv6 (RFC 4291, section 2.5.4), and one customer often a /56 (RFC
 * 6177). An IPv4 address that is written as IPv6 ({@code ::ffff:192.0.2.1}) is the IPv4 address.
 *
 * @param address the address alone
 * @param host what one machine has; limits of one peer hold for it
 * @param site what one customer may have; looser limits hold for it
 */
public record PeerNetworks(Network address, Network host, Network site) {

  private static final long LOWEST_BYTE = 0xffL;

  /** Checks that nothing is absent. */
  public PeerNetworks {
    requireNonNull(address, "address");
    requireNonNull(host, "host");
    requireNonNull(site, "site");
  }

  /** The networks of the peer at that address, or of that name. Never resolves a name. */
  public static PeerNetworks of(String peer) {
    return IpAddress.read(requireNonNull(peer, "peer"))
        .map(PeerNetworks::around)
        .orElseGet(() -> named(peer));
  }

  private static PeerNetworks around(IpAddress peer) {
    long high = peer.high();
    long low = peer.low();
    if (peer.isIpv4()) {
      Network address = new Network(0, low, Network.Kind.IPV4_ADDRESS, "");
      return new PeerNetworks(
          address, address, new Network(0, low & ~LOWEST_BYTE, Network.Kind.IPV4_24, ""));
    }
    return new PeerNetworks(
        new Network(high, low, Network.Kind.IPV6_ADDRESS, ""),
        new Network(high, 0, Network.Kind.IPV6_64, ""),
        new Network(high & ~LOWEST_BYTE, 0, Network.Kind.IPV6_56, ""));
  }

  /** What is counted by its name alone, such as an access key. */
  static PeerNetworks named(String name) {
    Network itself = Network.named(name);
    return new PeerNetworks(itself, itself, new Network(0, 0, Network.Kind.AROUND_NAMED, name));
  }
}
