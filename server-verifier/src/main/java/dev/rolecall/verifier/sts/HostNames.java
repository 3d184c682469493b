package dev.rolecall.verifier.sts;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;

/**
 * Resolves the hosts of requests ahead of the JDK's HTTP client, which resolves them on the few
 * threads that all its requests share: there, a proof for an endpoint whose name is not resolved
 * for seconds would hold up everybody's. Here a host holds up its own requests and no others. What
 * is found is not kept; the JDK keeps it, for half a minute unless it is told otherwise, and that
 * is what the client then finds.
 */
final class HostNames {

  private static final CompletableFuture<Void> KNOWN = CompletableFuture.completedFuture(null);

  private final Executor executor;
  private final Resolver resolver;
  private final ConcurrentMap<String, CompletableFuture<Void>> underWay = new ConcurrentHashMap<>();

  /** What may take long. */
  @FunctionalInterface
  interface Resolver {
    void resolve(String host) throws UnknownHostException;
  }

  HostNames(Executor executor, Resolver resolver) {
    this.executor = requireNonNull(executor, "executor");
    this.resolver = requireNonNull(resolver, "resolver");
  }

  /**
   * Names as the JDK resolves them.
   *
   * @param executor where; it is given one task at a time for each host
   */
  static HostNames ofJdk(Executor executor) {
    return new HostNames(executor, InetAddress::getAllByName);
  }

  /** Completes when the client will not have to wait for the name, be it known or not. */
  CompletableFuture<Void> resolved(URI uri) {
    String host = uri.getHost();
    if (isAddress(host) || isBehindProxy(uri)) {
      return KNOWN;
    }
    CompletableFuture<Void> mine = new CompletableFuture<>();
    CompletableFuture<Void> earlier = underWay.putIfAbsent(host, mine);
    if (earlier != null) {
      return earlier;
    }
    executor.execute(
        () -> {
          try {
            resolve(host);
          } finally {
            // Even if the resolver has a defect: the host's next request must not wait for this.
            underWay.remove(host, mine);
            mine.complete(null);
          }
        });
    return mine;
  }

  private void resolve(String host) {
    try {
      resolver.resolve(host);
    } catch (UnknownHostException e) {
      // The JDK remembers that too, and the client finds out by itself.
      return;
    }
  }

  /** An IPv4 address, or an IPv6 address in brackets: no top-level domain ends in either. */
  private static boolean isAddress(String host) {
    char last = host.charAt(host.length() - 1);
    return last == ']' || (last >= '0' && last <= '9');
  }

  /** The proxy resolves the name then; it may mean nothing here. */
  private static boolean isBehindProxy(URI uri) {
    ProxySelector selector = ProxySelector.getDefault();
    return selector != null
        && selector.select(uri).stream().anyMatch(proxy -> proxy.type() != Proxy.Type.DIRECT);
  }
}
