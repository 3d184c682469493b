package dev.rolecall.tokencredentials;

import dev.rolecall.tokencredentials.internal.Endpoint;
import dev.rolecall.tokencredentials.internal.HttpAnswer;
import dev.rolecall.tokencredentials.internal.HttpExchange;
import dev.rolecall.tokencredentials.internal.RetryAfter;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The endpoints of one issuer: given, or asked for and remembered for an hour. An issuer publishes
 * them under OpenID Connect's path, or under that of RFC 8414. Never blocks; safe for use by many
 * threads.
 */
final class Discovery {

  private static final Duration KEPT = Duration.ofHours(1);
  private static final String OPENID = "/.well-known/openid-configuration";
  private static final String OAUTH = "/.well-known/oauth-authorization-server";

  private final TokenIssuer issuer;
  private final boolean loopbackAllowed;
  private final Clock clock;
  private volatile @Nullable Known known;

  private record Known(ProviderMetadata metadata, Instant until) {}

  Discovery(TokenIssuer issuer, boolean loopbackAllowed, Clock clock) {
    this.issuer = issuer;
    this.loopbackAllowed = loopbackAllowed;
    this.clock = clock;
  }

  /**
   * The endpoints.
   *
   * @return fails with {@link TokenUnavailableException}
   */
  CompletionStage<ProviderMetadata> metadata(HttpExchange exchange) {
    if (issuer.tokenEndpoint().isPresent()) {
      return CompletableFuture.completedFuture(
          ProviderMetadata.of(issuer.issuer(), issuer.tokenEndpoint().get()));
    }
    Known kept = known;
    if (kept != null && clock.instant().isBefore(kept.until)) {
      return CompletableFuture.completedFuture(kept.metadata);
    }
    URI identifier = issuer.issuer().orElseThrow();
    return ask(exchange, identifier, documents(identifier))
        .thenApply(
            found -> {
              known = new Known(found, clock.instant().plus(KEPT));
              return found;
            });
  }

  /** Has the next token ask again: an endpoint that is gone may have moved. */
  void forget() {
    known = null;
  }

  /** The two places, in the order in which they are asked. */
  private static List<URI> documents(URI issuer) {
    String path = Optional.ofNullable(issuer.getRawPath()).orElse("");
    String withoutSlash = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    return List.of(issuer.resolve(withoutSlash + OPENID), issuer.resolve(OAUTH + withoutSlash));
  }

  private CompletionStage<ProviderMetadata> ask(
      HttpExchange exchange, URI identifier, List<URI> places) {
    URI place = places.get(0);
    return exchange
        .get(place)
        .handle(
            (answer, failure) -> {
              if (failure != null) {
                throw TokenFailure.unreachable(place, failure);
              }
              return answer;
            })
        .thenCompose(
            answer ->
                isElsewhere(answer) && places.size() > 1
                    ? ask(exchange, identifier, places.subList(1, places.size()))
                    : CompletableFuture.completedFuture(read(identifier, answer)));
  }

  private static boolean isElsewhere(HttpAnswer answer) {
    return answer.status() == 404;
  }

  private ProviderMetadata read(URI identifier, HttpAnswer answer) {
    String host = Endpoint.host(identifier);
    int status = answer.status();
    if (status == 429 || status >= 500) {
      throw TokenFailure.busy(host, status, RetryAfter.of(answer.retryAfter(), clock.instant()));
    }
    if (status != 200) {
      throw TokenFailure.status(host, status);
    }
    return ProviderMetadata.read(identifier, answer.body(), loopbackAllowed);
  }

  @Override
  public String toString() {
    return "Discovery[" + issuer + "]";
  }
}
