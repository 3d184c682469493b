package dev.rolecall.tokencredentials.internal;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.BoundedBody;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Requests through one HTTP client. No redirect is followed: it would carry a secret to another
 * host. An answer has at most 64 KiB, and the whole exchange a time-out; {@code
 * HttpRequest.timeout} ends with the response's headers. Never blocks; safe for use by many
 * threads.
 */
public final class HttpExchange {

  private static final int MOST_BYTES = 65_536;

  private final HttpClient client;
  private final Duration patience;

  /**
   * Exchanges by that client.
   *
   * @param client follows no redirects
   * @param patience the longest time of an exchange, from the connection to the last byte
   */
  public HttpExchange(HttpClient client, Duration patience) {
    this.client = requireNonNull(client, "client");
    this.patience = requireNonNull(patience, "patience");
    if (client.followRedirects() != HttpClient.Redirect.NEVER) {
      throw new IllegalArgumentException(
          "client: it follows redirects (expected: one that does not)");
    }
  }

  /** Gets a document. Fails with an {@code IOException} or a {@link TimeoutException}. */
  public CompletableFuture<HttpAnswer> get(URI from) {
    return send(HttpRequest.newBuilder(from).header("accept", "application/json").GET().build());
  }

  /**
   * Posts a form.
   *
   * @param authorization the value of that header, a secret; empty for none
   * @return fails with an {@code IOException} or a {@link TimeoutException}
   */
  public CompletableFuture<HttpAnswer> post(URI to, Form form, Optional<String> authorization) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(to)
            .header("accept", "application/json")
            .header("content-type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofByteArray(form.encoded()));
    authorization.ifPresent(value -> request.header("authorization", value));
    return send(request.build());
  }

  private CompletableFuture<HttpAnswer> send(HttpRequest request) {
    CompletableFuture<HttpResponse<byte[]>> sent =
        client.sendAsync(request, head -> new BoundedBody(MOST_BYTES));
    return sent.copy()
        .orTimeout(patience.toNanos(), TimeUnit.NANOSECONDS)
        .whenComplete(
            (answer, failure) -> {
              if (failure instanceof TimeoutException) {
                // Ends the exchange and frees its connection.
                sent.cancel(true);
              }
            })
        .thenApply(
            answer ->
                new HttpAnswer(
                    answer.statusCode(),
                    answer.headers().firstValue("retry-after"),
                    answer.body()));
  }
}
