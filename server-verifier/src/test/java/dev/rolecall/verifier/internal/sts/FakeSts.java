package dev.rolecall.verifier.internal.sts;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rolecall.verifier.internal.answer.StsResponse;
import dev.rolecall.verifier.internal.http.StsRequest;
import dev.rolecall.verifier.internal.http.StsTransport;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A transport that keeps what it is asked until a test answers, or answers from a script: in order,
 * the last line again and again.
 */
public final class FakeSts implements StsTransport {

  private final Deque<CompletableFuture<StsResponse>> script = new ArrayDeque<>();
  private final List<StsRequest> requests = new ArrayList<>();
  private final List<CompletableFuture<StsResponse>> exchanges = new ArrayList<>();
  private @Nullable CompletableFuture<StsResponse> toNobody;
  private Predicate<URI> deaf = place -> false;

  @Override
  public synchronized CompletableFuture<StsResponse> send(StsRequest request) {
    requests.add(request);
    CompletableFuture<StsResponse> exchange = new CompletableFuture<>();
    CompletableFuture<StsResponse> next = nextFor(request);
    if (next != null) {
      var unused =
          next.whenComplete(
              (response, failure) -> {
                if (failure == null) {
                  exchange.complete(response);
                } else {
                  exchange.completeExceptionally(failure);
                }
              });
    }
    exchanges.add(exchange);
    return exchange;
  }

  private @Nullable CompletableFuture<StsResponse> nextFor(StsRequest request) {
    if (deaf.test(request.uri())) {
      return null;
    }
    CompletableFuture<StsResponse> ofItsOwn = toNobody;
    if (ofItsOwn != null && isOfNobody(request)) {
      return ofItsOwn;
    }
    return script.size() > 1 ? script.poll() : script.peek();
  }

  private static boolean isOfNobody(StsRequest request) {
    return request.uri().toString().contains("AKIAIOSFODNN7EXAMPLE");
  }

  /** From now on answers nothing that is asked at those places. */
  public synchronized void deafAt(Predicate<URI> places) {
    deaf = places;
  }

  /** From now on answers so, or fails so, when the verifier asks of its own accord. */
  public synchronized void toNobody(CompletableFuture<StsResponse> answer) {
    toNobody = answer;
  }

  /** What it was asked for callers. */
  public List<StsRequest> lookUps() {
    return requests().stream().filter(request -> !isOfNobody(request)).toList();
  }

  /** What it was asked by the verifier of its own accord. */
  public List<StsRequest> questions() {
    return requests().stream().filter(FakeSts::isOfNobody).toList();
  }

  /** Forgets the script. */
  public synchronized FakeSts fromNowOn() {
    script.clear();
    return this;
  }

  /** Adds a line to the script. */
  public FakeSts then(StsResponse response) {
    script.add(CompletableFuture.completedFuture(response));
    return this;
  }

  /** Adds a failure to the script. */
  public FakeSts thenFail(Throwable failure) {
    script.add(CompletableFuture.failedFuture(failure));
    return this;
  }

  /** Adds a request that is never answered to the script. */
  public FakeSts thenHang() {
    script.add(new CompletableFuture<>());
    return this;
  }

  /** Answers the request of that number, from 0. */
  public void answer(int number, StsResponse response) {
    exchanges.get(number).complete(response);
  }

  /** The future handed out for the request of that number. */
  public CompletableFuture<StsResponse> exchange(int number) {
    return exchanges.get(number);
  }

  /** What it was asked. */
  public synchronized List<StsRequest> requests() {
    return List.copyOf(requests);
  }

  /** A session of {@code role/checkout} in account 111122223333. */
  public static StsResponse checkout() {
    return identity(
        "111122223333",
        "arn:aws:sts::111122223333:assumed-role/checkout/i-0abc",
        "AROAEXAMPLE000000001:i-0abc");
  }

  /** An answer of those three texts. */
  public static StsResponse identity(String account, String arn, String userId) {
    return json(
        200,
        "{\"GetCallerIdentityResponse\":{\"GetCallerIdentityResult\":{\"Account\":\""
            + account
            + "\",\"Arn\":\""
            + arn
            + "\",\"UserId\":\""
            + userId
            + "\"},\"ResponseMetadata\":{\"RequestId\":\"01234567-89ab-cdef-0123-456789abcdef\"}}}");
  }

  /** An error of that code. */
  public static StsResponse error(int status, String code) {
    return json(
        status,
        "{\"Error\":{\"Code\":\""
            + code
            + "\",\"Message\":\"text that may echo a token\",\"Type\":\"Sender\"},"
            + "\"RequestId\":\"01234567-89ab-cdef-0123-456789abcdef\"}");
  }

  /** A JSON response. */
  public static StsResponse json(int status, String body) {
    return new StsResponse(status, List.of("application/json"), body.getBytes(UTF_8));
  }
}
