package dev.rolecall.proxy.envoy;

import dev.rolecall.identity.internal.Range;
import dev.rolecall.policy.condition.IpAddress;
import dev.rolecall.proxy.internal.check.Check;
import java.util.List;

/**
 * The choice of the address that a call is taken to come from: for limits on peers, for networks in
 * policies, and for records. Immutable.
 */
public final class ClientAddress {

  private static final String UNKNOWN = "unknown";
  private static final String FORWARDED_FOR = "x-forwarded-for";
  private static final int MOST_HOPS = 16;
  private static final ClientAddress PEER = new ClientAddress(0);

  private final int hops;

  private ClientAddress(int hops) {
    this.hops = hops;
  }

  /** The other end of the client's connection to Envoy. Right where clients connect to it. */
  public static ClientAddress peer() {
    return PEER;
  }

  /**
   * The address that stands at that place of {@code x-forwarded-for}, counted from the right: what
   * stands further left, a client can forge. An Envoy with {@code use_remote_address} has put its
   * own peer at place 1, so behind one load balancer it is 2. The header must be one of Envoy's
   * {@code allowed_headers}. A call whose header has no address at that place counts as its peer's:
   * it went round the load balancer.
   *
   * @param hops the place, 1 to 16
   * @throws IllegalArgumentException if the place is out of that range
   */
  public static ClientAddress forwardedFor(int hops) {
    Range.check("hops", hops, 1, MOST_HOPS);
    return new ClientAddress(hops);
  }

  /** The address of a call's client; {@code unknown} where there is none. */
  String of(Check check) {
    String address = check.source().address();
    String peer = address.isEmpty() ? UNKNOWN : address;
    return hops == 0 ? peer : forwarded(check.headers().values(FORWARDED_FOR), peer);
  }

  private String forwarded(List<String> values, String peer) {
    String[] places = String.join(",", values).split(",", -1);
    if (places.length < hops) {
      return peer;
    }
    // As the type writes it, so that one address has one spelling.
    return IpAddress.read(places[places.length - hops].strip())
        .map(IpAddress::toString)
        .orElse(peer);
  }

  @Override
  public String toString() {
    return hops == 0 ? "peer" : "forwardedFor(" + hops + ")";
  }
}
