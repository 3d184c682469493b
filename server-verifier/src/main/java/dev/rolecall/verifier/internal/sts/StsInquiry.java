package dev.rolecall.verifier.internal.sts;

import dev.rolecall.access.internal.metrics.SupervisedTask;
import dev.rolecall.verifier.internal.answer.StsAnswer;
import dev.rolecall.verifier.internal.answer.StsCode;
import dev.rolecall.verifier.internal.http.StsRequest;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A question to STS, with its attempts. Attempts follow one another, so the executor and the
 * scheduler hand the fields that count them from thread to thread.
 */
final class StsInquiry implements StsExchange.Ending {

  private static final String LOOK_UP = SupervisedTask.LOOK_UP.label();

  private final Dependencies means;
  private final StsRequest request;
  private final StsCircuit circuit;
  private final long began;
  private final CompletableFuture<StsAnswer> answer = new CompletableFuture<>();
  private volatile @Nullable StsExchange exchange;
  private volatile boolean closed;
  private int attempts;

  StsInquiry(Dependencies means, StsRequest request, StsCircuit circuit, long began) {
    this.means = means;
    this.request = request;
    this.circuit = circuit;
    this.began = began;
  }

  CompletableFuture<StsAnswer> answer() {
    return answer;
  }

  /** Asks, as soon as the circuit lets it. */
  void begin() {
    var unused =
        circuit
            .enter()
            .thenAccept(
                passage -> {
                  if (passage == Passage.GO) {
                    attempt();
                  } else {
                    answer.complete(StsAnswer.of(StsCode.NOT_ASKED));
                  }
                })
            .whenComplete(
                (begun, defect) -> {
                  if (defect != null) {
                    failed(defect);
                  }
                });
  }

  /** Sends the request once. A defect ends the inquiry exceptionally; nothing else does. */
  private void attempt() {
    if (answer.isDone()) {
      return;
    }
    try {
      attempts++;
      StsExchange begun =
          new StsExchange(
              means,
              // The first may have met a connection that was cut in silence.
              attempts == 1 ? request : request.onNewConnection(),
              // A look-up queues for half of its time at most, and has the other half for this.
              means.retries().attemptTimeout(attempts == 1 ? Duration.ZERO : elapsed()));
      exchange = begun;
      begun.whenOver(this);
      if (answer.isDone()) {
        begun.abandon();
      }
    } catch (RuntimeException | Error e) {
      abandon();
      failed(e);
    }
  }

  /** Ends the inquiry as unavailable, and the attempt under way. */
  void close() {
    closed = true;
    StsAnswer last = StsAnswer.of(StsCode.CONNECTION);
    means.supervisor().execute(means.executor(), LOOK_UP, () -> answer.complete(last));
    abandon();
  }

  private void abandon() {
    StsExchange underWay = exchange;
    if (underWay != null) {
      underWay.abandon();
    }
  }

  @Override
  public void answered(StsAnswer outcome) {
    if (closed || answer.isDone()) {
      // Once closed, the last answer may still be on its way: there is no timer for a retry.
      return;
    }
    circuit.answered(outcome.code());
    means
        .retries()
        .pauseAfter(outcome.code(), attempts, elapsed(), means.random())
        .filter(pause -> circuit.admitsRetries())
        .ifPresentOrElse(pause -> retryAfter(pause, outcome), () -> answer.complete(outcome));
  }

  private void retryAfter(Duration pause, StsAnswer outcome) {
    // Off the scheduler's thread at once: it is one, and times every other attempt out.
    means.executeAfter(pause, LOOK_UP, () -> retry(outcome), () -> answer.complete(outcome));
  }

  private void retry(StsAnswer outcome) {
    try {
      if (circuit.admitsRetries()) {
        attempt();
      } else {
        answer.complete(outcome);
      }
    } catch (RuntimeException | Error e) {
      failed(e);
    }
  }

  @Override
  public void failed(Throwable defect) {
    answer.completeExceptionally(defect);
  }

  private Duration elapsed() {
    return Duration.ofNanos(means.ticker().getAsLong() - began);
  }
}
