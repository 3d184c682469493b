package dev.rolecall.tokens.internal.http;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.BoundedBody;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;

/**
 * The carrier over the JDK's HTTP client: HTTP/1.1, no redirects, no cookies, no authenticator. The
 * JVM's proxy settings hold. Safe for use by many threads.
 */
public final class HttpIssuerTransport implements IssuerTransport {

  private static final Duration CONNECT = Duration.ofSeconds(5);

  private final HttpClient http;

  private HttpIssuerTransport(HttpClient http) {
    this.http = http;
  }

  /**
   * A carrier.
   *
   * @param waiters runs what the client has to do
   * @param trust the trust in place of the JVM's certificate authorities
   */
  public static HttpIssuerTransport create(Executor waiters, Optional<SSLContext> trust) {
    HttpClient.Builder options =
        HttpClient.newBuilder()
            .executor(requireNonNull(waiters, "waiters"))
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT);
    trust.ifPresent(options::sslContext);
    return new HttpIssuerTransport(options.build());
  }

  @Override
  public CompletableFuture<IssuerResponse> send(IssuerRequest request) {
    HttpRequest.Builder made =
        HttpRequest.newBuilder(request.uri()).header("Accept", "application/json");
    request.authorization().ifPresent(value -> made.header("Authorization", value));
    request
        .form()
        .ifPresent(
            form ->
                made.header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString(form)));
    CompletableFuture<HttpResponse<byte[]>> sent =
        http.sendAsync(made.build(), head -> new BoundedBody(request.longest()));
    CompletableFuture<IssuerResponse> response = sent.thenApply(HttpIssuerTransport::read);
    // The client ends an exchange when its own future is cancelled, and not for one after it.
    var unused =
        response.whenComplete(
            (read, failure) -> {
              if (response.isCancelled()) {
                sent.cancel(true);
              }
            });
    return response;
  }

  private static IssuerResponse read(HttpResponse<byte[]> response) {
    return new IssuerResponse(
        response.statusCode(), response.headers().firstValue("Cache-Control"), response.body());
  }
}
