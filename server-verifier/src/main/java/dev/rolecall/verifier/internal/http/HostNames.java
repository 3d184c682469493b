package dev.rolecall.verifier.internal.http;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;

/**
 * Resolves the hosts of requests before a thread is given to each. A host whose name is not
 * resolved for seconds holds up its own requests on one thread, and no others. The JDK keeps the
 * addresses, for half a minute by default, and a request then finds them there; nothing is kept
 * here.
 */
final class HostNames {

  private static final CompletableFuture<Void> KNOWN = CompletableFuture.completedFuture(null);

  private final Executor executor;
  private final Resolver resolver;
  private final StsProxies proxies;
  private final ConcurrentMap<String, CompletableFuture<Void>> underWay = new ConcurrentHashMap<>();

  /** The part that may take long. */
  @FunctionalInterface
  interface Resolver {
    InetAddress[] resolve(String host) throws UnknownHostException;
  }

  HostNames(Executor executor, Resolver resolver, StsProxies proxies) {
    this.executor = requireNonNull(executor, "executor");
    this.resolver = requireNonNull(resolver, "resolver");
    this.proxies = requireNonNull(proxies, "proxies");
  }

  /**
   * Names as the JDK resolves them.
   *
   * @param executor where; it is given one task at a time for each host
   * @param proxies whether a proxy resolves a name instead
   */
  static HostNames ofJdk(Executor executor, StsProxies proxies) {
    return new HostNames(executor, InetAddress::getAllByName, proxies);
  }

  /**
   * Every address of a host, in the resolver's order, but beginning with that of the given number,
   * counted round. May block, where {@link #resolved} was not asked before.
   */
  List<InetAddress> addresses(String host, int first) throws UnknownHostException {
    List<InetAddress> found = new ArrayList<>(List.of(resolver.resolve(host)));
    Collections.rotate(found, -first);
    return found;
  }

  /** Completes when a request will not have to wait for the name, be it known or not. */
  CompletableFuture<Void> resolved(URI uri) {
    String host = uri.getHost();
    if (isAddress(host) || proxies.isOnTheWayTo(uri)) {
      return KNOWN;
    }
    CompletableFuture<Void> mine = new CompletableFuture<>();
    CompletableFuture<Void> earlier = underWay.putIfAbsent(host, mine);
    if (earlier != null) {
      return earlier;
    }
    try {
      executor.execute(
          () -> {
            try {
              resolve(host);
            } finally {
              // Even if the resolver has a defect: the host's next request must not wait for this.
              over(host, mine);
            }
          });
    } catch (RuntimeException | Error e) {
      // No thread to be had, as a rule. The request resolves the name itself.
      over(host, mine);
    }
    return mine;
  }

  private void over(String host, CompletableFuture<Void> mine) {
    underWay.remove(host, mine);
    mine.complete(null);
  }

  private void resolve(String host) {
    try {
      var unused = resolver.resolve(host);
    } catch (UnknownHostException e) {
      // The JDK remembers that too, and the request finds out by itself.
      return;
    }
  }

  /** An IPv4 address, or an IPv6 address in brackets: no top-level domain ends in either. */
  private static boolean isAddress(String host) {
    char last = host.charAt(host.length() - 1);
    return last == ']' || (last >= '0' && last <= '9');
  }
}
