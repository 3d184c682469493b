package dev.rolecall.verifier.sts;

import static java.util.Objects.requireNonNull;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/**
 * STS over the JDK's HTTP client. No redirect is followed: a {@code Location} could send the
 * session token anywhere. HTTP/1.1, so that a broken connection breaks one look-up and plain http
 * carries no upgrade headers. A proxy is used where the JVM's default selector names one. The
 * client itself sends a GET again, a few times at most, when its connection closes unanswered.
 */
public final class HttpStsTransport implements StsTransport {

  private final HttpClient client;

  private HttpStsTransport(HttpClient client) {
    this.client = requireNonNull(client, "client");
  }

  /**
   * A transport of its own client, whose one selecting thread ends once it is unreachable.
   *
   * @param executor resolves names, which may block, and does the work of TLS and of HTTP; it must
   *     not reject. The client's default would be threads without a bound
   */
  public static HttpStsTransport create(Duration connectTimeout, Executor executor) {
    return new HttpStsTransport(
        HttpClient.newBuilder()
            .executor(requireNonNull(executor, "executor"))
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(connectTimeout)
            .build());
  }

  @Override
  public CompletableFuture<StsResponse> send(StsRequest request) {
    HttpRequest.Builder get = HttpRequest.newBuilder(request.uri()).GET();
    request.headers().forEach(get::header);
    BoundedBody body = new BoundedBody(MAX_BODY);
    CompletableFuture<HttpResponse<byte[]>> exchange = client.sendAsync(get.build(), head -> body);
    CompletableFuture<StsResponse> response = new CompletableFuture<>();
    var unusedAnswered =
        exchange.whenComplete(
            (answer, failure) -> {
              if (failure == null) {
                response.complete(
                    new StsResponse(
                        answer.statusCode(),
                        answer.headers().allValues("content-type"),
                        answer.body()));
              } else {
                response.completeExceptionally(cause(failure));
              }
            });
    var unusedGivenUp =
        response.whenComplete(
            (answer, failure) -> {
              if (response.isCancelled()) {
                body.cancel();
                exchange.cancel(true);
              }
            });
    return response;
  }

  private static Throwable cause(Throwable failure) {
    Throwable cause = failure.getCause();
    return failure instanceof CompletionException && cause != null ? cause : failure;
  }
}
