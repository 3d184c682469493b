package dev.rolecall.tokens.internal.http;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.internal.metrics.SupervisedTask;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.identity.internal.AnswerTooLongException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;

/**
 * Exchanges with issuers, each within a limit of time: from the connection to the last byte of the
 * body. (The JDK's own request timeout ends with the response's headers.)
 *
 * @param transport carries requests
 * @param runtime times them, and reads the answers
 */
public record IssuerExchanges(IssuerTransport transport, AccessRuntime runtime) {

  /** The time for one exchange. */
  public static final Duration LIMIT = Duration.ofSeconds(5);

  private static final String TASK = SupervisedTask.LOOK_UP.label();

  /** Checks that nothing is absent. */
  public IssuerExchanges {
    requireNonNull(transport, "transport");
    requireNonNull(runtime, "runtime");
  }

  /**
   * Sends. The future completes on the executor of look-ups, within the limit; exceptionally for a
   * defect alone. Never blocks.
   *
   * @param limit at most {@link #LIMIT}, less what an earlier exchange of the same purpose took
   */
  public CompletableFuture<IssuerOutcome<IssuerResponse>> send(
      IssuerRequest request, Duration limit) {
    CompletableFuture<IssuerResponse> sent;
    try {
      sent = transport.send(request);
    } catch (RuntimeException | Error e) {
      return CompletableFuture.failedFuture(e);
    }
    ScheduledFuture<?> timer;
    try {
      timer = runtime.supervisor().after(limit, runtime.timer(), TASK, () -> sent.cancel(true));
    } catch (RuntimeException | Error e) {
      sent.cancel(true);
      return CompletableFuture.failedFuture(e);
    }
    return sent.handleAsync(
        (response, failure) -> {
          timer.cancel(false);
          return response != null ? IssuerOutcome.good(response) : IssuerOutcome.bad(word(failure));
        },
        runtime.supervisor().orHere(runtime.lookUps(), TASK));
  }

  private static IssuerFailure word(@Nullable Throwable thrown) {
    Throwable failure =
        thrown instanceof CompletionException && thrown.getCause() != null
            ? thrown.getCause()
            : thrown;
    if (failure instanceof CancellationException) {
      return IssuerFailure.TIMEOUT;
    }
    if (isTooLong(failure)) {
      return IssuerFailure.TOO_LONG;
    }
    if (failure instanceof IOException) {
      return IssuerFailure.CONNECTION;
    }
    throw new IllegalStateException("the transport failed otherwise than by I/O", failure);
  }

  /** The JDK's client wraps what a body's reader throws. */
  private static boolean isTooLong(@Nullable Throwable failure) {
    return failure instanceof AnswerTooLongException
        || (failure != null && failure.getCause() instanceof AnswerTooLongException);
  }
}
