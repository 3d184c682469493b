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
  private final HostNames names;

  private HttpStsTransport(HttpClient client, HostNames names) {
    this.client = requireNonNull(client, "client");
    this.names = requireNonNull(names, "names");
  }

  /**
   * A transport of its own client, whose one selecting thread ends once it is unreachable.
   *
   * @param executor does the work of TLS and of HTTP; it must not reject. The client's default
   *     would be threads without a bound
   * @param resolver resolves names, which may block for long: at most one task at a time for each
   *     host; it must not reject
   */
  public static HttpStsTransport create(
      Duration connectTimeout, Executor executor, Executor resolver) {
    return new HttpStsTransport(
        HttpClient.newBuilder()
            .executor(requireNonNull(executor, "executor"))
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(connectTimeout)
            .build(),
        HostNames.ofJdk(resolver));
  }

  @Override
  public CompletableFuture<StsResponse> send(StsRequest request) {
    CompletableFuture<StsResponse> response = new CompletableFuture<>();
    var unused =
        names
            .resolved(request.uri())
            .thenRun(() -> exchange(request, response))
            .whenComplete(
                (begun, defect) -> {
                  if (defect != null) {
                    response.completeExceptionally(cause(defect));
                  }
                });
    return response;
  }

  private void exchange(StsRequest request, CompletableFuture<StsResponse> response) {
    if (response.isDone()) {
      // Given up while its host was looked up.
      return;
    }
    HttpRequest.Builder get = HttpRequest.newBuilder(request.uri()).GET();
    request.headers().forEach(get::header);
    BoundedBody body = new BoundedBody(MAX_BODY);
    CompletableFuture<HttpResponse<byte[]>> exchange = client.sendAsync(get.build(), head -> body);
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
  }

  private static Throwable cause(Throwable failure) {
    Throwable cause = failure.getCause();
    return failure instanceof CompletionException && cause != null ? cause : failure;
  }
}
