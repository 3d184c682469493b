package dev.rolecall.verifier.internal.endpoint;

import static java.util.Objects.requireNonNull;

import dev.rolecall.proof.StsHost;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The endpoints a proof may be signed for, by exact host. A host is only ever compared: no suffix,
 * prefix or pattern decides, and no URL is made from what a client wrote.
 */
public final class EndpointTable {

  private final Map<StsHost, StsEndpoint> byHost;

  private EndpointTable(Map<StsHost, StsEndpoint> byHost) {
    this.byHost = Map.copyOf(byHost);
  }

  /**
   * A table of those endpoints.
   *
   * @throws IllegalArgumentException if there is none, or two that differ have one host
   */
  public static EndpointTable of(Collection<StsEndpoint> endpoints) {
    Map<StsHost, StsEndpoint> byHost = new LinkedHashMap<>();
    for (StsEndpoint endpoint : endpoints) {
      StsEndpoint other = byHost.putIfAbsent(endpoint.host(), endpoint);
      if (other != null && !other.equals(endpoint)) {
        throw new IllegalArgumentException(
            "STS endpoint: "
                + endpoint.host()
                + ": both "
                + place(other)
                + " and "
                + place(endpoint)
                + " (expected: one URL, Region and partition for each host)");
      }
    }
    if (byHost.isEmpty()) {
      throw new IllegalArgumentException(
          "STS endpoints: none (expected: a partition or a custom endpoint)");
    }
    return new EndpointTable(byHost);
  }

  /** The endpoint of that host, if proofs may be signed for it. */
  public Optional<StsEndpoint> find(StsHost host) {
    return Optional.ofNullable(byHost.get(requireNonNull(host, "host")));
  }

  private static String place(StsEndpoint endpoint) {
    return endpoint.origin() + " in " + endpoint.region() + " of " + endpoint.partition();
  }

  Set<StsHost> hosts() {
    return byHost.keySet();
  }
}
