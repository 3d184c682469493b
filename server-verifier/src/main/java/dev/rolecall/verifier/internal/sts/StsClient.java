package dev.rolecall.verifier.internal.sts;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.verifier.internal.answer.StsAnswer;
import dev.rolecall.verifier.internal.endpoint.StsEndpoint;
import dev.rolecall.verifier.internal.http.HttpStsTransport;
import dev.rolecall.verifier.internal.http.StsRequest;
import dev.rolecall.verifier.internal.http.StsTransport;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Asks STS who signed, with retries, within a budget of time; an endpoint that does not answer is
 * left alone for a while. Safe for use by many threads; never blocks.
 */
public final class StsClient implements AutoCloseable {

  private final Dependencies means;
  private final Set<StsInquiry> underWay = ConcurrentHashMap.newKeySet();

  /** As many as there are endpoints in the verifier's table at most. */
  private final ConcurrentMap<StsEndpoint, StsCircuit> circuits = new ConcurrentHashMap<>();

  private volatile boolean closed;

  /** A client that works by those; it closes the transport alone. */
  StsClient(Dependencies means) {
    this.means = requireNonNull(means, "means");
  }

  /**
   * A client that works with that runtime, over HTTP.
   *
   * @param transport what carries requests in place of HTTP, for tests
   */
  public static StsClient of(
      AccessRuntime runtime, RetryPolicy retries, @Nullable StsTransport transport) {
    StsTransport carried =
        transport != null
            ? transport
            : HttpStsTransport.create(
                runtime.newWaiters("rolecall-sts-"),
                runtime.newWaiters("rolecall-names-"),
                runtime.ticker());
    return new StsClient(new Dependencies(carried, retries, runtime));
  }

  /**
   * Asks. The future completes on the executor, within the budget, or has completed already: with
   * the answer, or exceptionally for a defect. Each call is a look-up of its own; limits are the
   * caller's.
   *
   * @param began when the look-up began, by the ticker: the budget is counted from there
   */
  public CompletableFuture<StsAnswer> ask(StsRequest request, long began) {
    StsInquiry inquiry = new StsInquiry(means, request, circuit(request.endpoint()), began);
    underWay.add(inquiry);
    var unused = inquiry.answer().whenComplete((answer, defect) -> underWay.remove(inquiry));
    if (closed) {
      inquiry.close();
    } else {
      inquiry.begin();
    }
    return inquiry.answer();
  }

  /** Whether the endpoint did not answer the client's own question when it was last asked. */
  public boolean isAway(StsEndpoint endpoint) {
    return !circuit(endpoint).admitsRetries();
  }

  /**
   * Whether the endpoint answers a question of the client's own. Such a question is asked, or that
   * under way is waited for; an endpoint that did not answer one lately is not asked again so soon.
   * Once the client is closed, no request is sent. The future completes on the executor, within
   * half of the budget, or has completed already; it completes exceptionally for a defect.
   */
  public CompletableFuture<Boolean> answersQuestion(StsEndpoint endpoint) {
    if (closed) {
      return CompletableFuture.completedFuture(false);
    }
    return circuit(endpoint).probe().thenApply(passage -> passage == Passage.GO);
  }

  /**
   * How long to wait before another try, after that endpoint gave no answer. Jittered: not the same
   * for two callers.
   */
  public Duration retryAfter(StsEndpoint endpoint) {
    return circuit(endpoint).retryAfter();
  }

  private StsCircuit circuit(StsEndpoint endpoint) {
    return circuits.computeIfAbsent(endpoint, missing -> new StsCircuit(means, missing));
  }

  /** Ends what is under way, and whatever is asked later, as unavailable. Does not block. */
  @Override
  public void close() {
    closed = true;
    underWay.forEach(StsInquiry::close);
    circuits.values().forEach(StsCircuit::shutDown);
    means.transport().close();
  }
}
