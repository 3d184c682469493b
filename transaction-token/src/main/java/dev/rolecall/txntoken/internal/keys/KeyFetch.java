package dev.rolecall.txntoken.internal.keys;

import dev.rolecall.access.internal.metrics.SupervisedTask;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.identity.internal.AnswerTooLongException;
import dev.rolecall.identity.internal.BoundedBody;
import dev.rolecall.jwt.key.KeySet;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledFuture;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Fetches a key set over HTTP/1.1: no redirects, no cookies, a bounded body, 10 seconds in all. The
 * JVM's proxy settings hold.
 */
public final class KeyFetch {

  /** The longest that one may take. */
  static final Duration LIMIT = Duration.ofSeconds(10);

  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final int OK = 200;

  private final URI url;
  private final HttpClient http;
  private final AccessRuntime runtime;

  private KeyFetch(URI url, HttpClient http, AccessRuntime runtime) {
    this.url = url;
    this.http = http;
    this.runtime = runtime;
  }

  /**
   * Fetches from that URL.
   *
   * @param trust the trust in place of the JVM's certificate authorities
   */
  public static KeyFetch of(URI url, Optional<SSLContext> trust, AccessRuntime runtime) {
    HttpClient.Builder options =
        HttpClient.newBuilder()
            .executor(runtime.newWaiters("rolecall-txn-keys-"))
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT);
    trust.ifPresent(options::sslContext);
    return new KeyFetch(url, options.build(), runtime);
  }

  /** Asks once. Completes on a thread of the client; exceptionally for a defect alone. */
  CompletableFuture<KeyAnswer> begin() {
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .header("Accept", "application/jwk-set+json, application/json")
            .build();
    CompletableFuture<HttpResponse<byte[]>> sent =
        http.sendAsync(request, head -> new BoundedBody(KeySet.MAX_BYTES));
    ScheduledFuture<?> limit =
        runtime
            .supervisor()
            .after(
                LIMIT, runtime.timer(), SupervisedTask.KEY_RING.label(), () -> sent.cancel(true));
    return sent.handle(
        (response, failure) -> {
          limit.cancel(false);
          return failure == null ? read(response) : new KeyAnswer.Failed(words(failure));
        });
  }

  private static KeyAnswer read(HttpResponse<byte[]> response) {
    if (response.statusCode() != OK) {
      return new KeyAnswer.Failed("HTTP status " + response.statusCode() + " (expected: 200)");
    }
    return KeySet.parse(response.body())
        .fold(
            set ->
                set.isEmpty()
                    ? new KeyAnswer.Failed("no usable key (expected: ES256, RS256 or EdDSA)")
                    : new KeyAnswer.Good(set),
            flaw -> new KeyAnswer.Failed(flaw.words() + " (expected: a JSON Web Key Set)"));
  }

  private static String words(@Nullable Throwable thrown) {
    Throwable failure =
        thrown instanceof CompletionException && thrown.getCause() != null
            ? thrown.getCause()
            : thrown;
    if (failure instanceof CancellationException) {
      return "no answer within " + LIMIT.toSeconds() + " s";
    }
    return failure instanceof AnswerTooLongException
        ? "more than " + KeySet.MAX_BYTES + " bytes"
        : String.valueOf(failure == null ? null : failure.getClass().getSimpleName());
  }

  /** The place that is asked, for a log: the host alone. */
  String host() {
    return url.getHost();
  }
}
