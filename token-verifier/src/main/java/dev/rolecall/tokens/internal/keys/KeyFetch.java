package dev.rolecall.tokens.internal.keys;

import static java.util.Objects.requireNonNull;

import dev.rolecall.jwt.key.KeySet;
import dev.rolecall.tokens.internal.http.IssuerExchanges;
import dev.rolecall.tokens.internal.http.IssuerFailure;
import dev.rolecall.tokens.internal.http.IssuerOutcome;
import dev.rolecall.tokens.internal.http.IssuerRequest;
import dev.rolecall.tokens.internal.http.IssuerResponse;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Fetches the key set of one issuer, after its discovery document where the URL of keys is not
 * known or an hour old. Both take {@link IssuerExchanges#LIMIT} at most. For one fetch at a time.
 */
final class KeyFetch {

  private static final Duration KNOWN_FOR = Duration.ofHours(1);

  private final String issuer;
  private final KeySource source;
  private final IssuerExchanges exchanges;
  private final LongSupplier ticker;

  private volatile @Nullable KeysUrl known;

  KeyFetch(String issuer, KeySource source, IssuerExchanges exchanges) {
    this.issuer = requireNonNull(issuer, "issuer");
    this.source = requireNonNull(source, "source");
    this.exchanges = requireNonNull(exchanges, "exchanges");
    this.ticker = exchanges.runtime().ticker();
  }

  /** Fetches. Completes on the executor of look-ups; exceptionally for a defect alone. */
  CompletableFuture<IssuerOutcome<FetchedKeys>> begin() {
    long began = ticker.getAsLong();
    return keysUrl()
        .thenCompose(
            url ->
                url.fold(
                    good -> keys(good, began),
                    bad -> CompletableFuture.completedFuture(IssuerOutcome.bad(bad))));
  }

  private CompletableFuture<IssuerOutcome<KeysUrl>> keysUrl() {
    KeysUrl before = known;
    if (source.keySet().isPresent()) {
      return CompletableFuture.completedFuture(IssuerOutcome.good(readNow(source.keySet().get())));
    }
    if (before != null && ticker.getAsLong() - before.readAt() < KNOWN_FOR.toNanos()) {
      return CompletableFuture.completedFuture(IssuerOutcome.good(before));
    }
    return exchanges
        .send(
            IssuerRequest.get(source.discoveryOf(issuer), DiscoveryDocument.MOST_BYTES),
            IssuerExchanges.LIMIT)
        .thenApply(reply -> reply.then(this::discovered));
  }

  private IssuerOutcome<KeysUrl> discovered(IssuerResponse response) {
    Optional<IssuerFailure> failure = response.failure();
    return failure.isPresent()
        ? IssuerOutcome.bad(failure.get())
        : DiscoveryDocument.keysUrl(response.body(), issuer, source.plainOnLoopback())
            .then(url -> IssuerOutcome.good(readNow(url)));
  }

  private KeysUrl readNow(URI url) {
    return new KeysUrl(url, ticker.getAsLong());
  }

  private CompletableFuture<IssuerOutcome<FetchedKeys>> keys(KeysUrl url, long began) {
    Duration left = IssuerExchanges.LIMIT.minusNanos(ticker.getAsLong() - began);
    return exchanges
        .send(
            IssuerRequest.get(url.url(), KeySet.MAX_BYTES),
            left.isNegative() ? Duration.ZERO : left)
        .thenApply(
            reply -> {
              IssuerOutcome<FetchedKeys> keys = reply.then(KeyFetch::read);
              // The issuer may have moved its keys: a failure has the document read again.
              known = keys.<@Nullable KeysUrl>fold(good -> url, bad -> null);
              return keys;
            });
  }

  private static IssuerOutcome<FetchedKeys> read(IssuerResponse response) {
    Optional<IssuerFailure> failure = response.failure();
    if (failure.isPresent()) {
      return IssuerOutcome.bad(failure.get());
    }
    return KeySet.parse(response.body())
        .fold(
            keys ->
                keys.isEmpty()
                    ? IssuerOutcome.bad(IssuerFailure.NO_KEYS)
                    : IssuerOutcome.good(
                        new FetchedKeys(keys, Freshness.of(response.cacheControl()))),
            flaw -> IssuerOutcome.bad(IssuerFailure.MALFORMED));
  }

  /**
   * The URL of keys by the discovery document.
   *
   * @param url the URL
   * @param readAt when the document was read, by the ticker
   */
  private record KeysUrl(URI url, long readAt) {}
}
