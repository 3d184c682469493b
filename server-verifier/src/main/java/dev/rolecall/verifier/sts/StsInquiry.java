package dev.rolecall.verifier.sts;

import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One question to STS, with its attempts. Attempts follow one another, so the fields that count
 * them are handed from thread to thread by the executor and the scheduler.
 */
final class StsInquiry {

  private final StsClient.Means means;
  private final StsRequest request;
  private final long began;
  private final CompletableFuture<StsAnswer> answer = new CompletableFuture<>();
  private volatile @Nullable CompletableFuture<StsResponse> exchange;
  private int attempts;

  StsInquiry(StsClient.Means means, StsRequest request) {
    this.means = means;
    this.request = request;
    this.began = means.ticker().getAsLong();
  }

  CompletableFuture<StsAnswer> answer() {
    return answer;
  }

  /** Sends the request once. A defect ends the inquiry exceptionally; nothing else does. */
  void attempt() {
    if (answer.isDone()) {
      return;
    }
    try {
      attempts++;
      long sentAt = means.ticker().getAsLong();
      CompletableFuture<StsResponse> sent = means.transport().send(request);
      exchange = sent;
      ScheduledFuture<?> timer =
          means
              .scheduler()
              .schedule(
                  () -> sent.cancel(true),
                  means.retries().attemptTimeout(elapsed()).toNanos(),
                  TimeUnit.NANOSECONDS);
      var unused =
          sent.handleAsync(
                  (response, failure) -> {
                    timer.cancel(false);
                    ended(sentAt, response, failure);
                    return null;
                  },
                  means.executor())
              .whenComplete((ended, defect) -> fail(defect));
      if (answer.isDone()) {
        sent.cancel(true);
      }
    } catch (RuntimeException e) {
      abandon();
      fail(e);
    }
  }

  /** Ends the inquiry as unavailable, and the attempt under way. */
  void close() {
    StsAnswer closed = StsAnswer.of(StsCode.CONNECTION);
    try {
      var unused = answer.completeAsync(() -> closed, means.executor());
    } catch (RejectedExecutionException e) {
      // The executor was shut down first; nobody may wait for ever, so this thread says it.
      answer.complete(closed);
    }
    abandon();
  }

  private void abandon() {
    CompletableFuture<StsResponse> underWay = exchange;
    if (underWay != null) {
      underWay.cancel(true);
    }
  }

  private void ended(long sentAt, @Nullable StsResponse response, @Nullable Throwable failure) {
    if (answer.isDone()) {
      return;
    }
    StsAnswer outcome =
        response != null ? AnswerReader.read(response) : StsAnswer.of(codeOf(failure));
    Duration took = Duration.ofNanos(means.ticker().getAsLong() - sentAt);
    means.log().answered(request.endpoint(), took, outcome.code(), response);
    if (!outcome.code().isWorthRetrying()) {
      answer.complete(outcome);
      return;
    }
    means
        .retries()
        .pauseAfter(attempts, elapsed(), means.random())
        .ifPresentOrElse(this::attemptAfter, () -> answer.complete(outcome));
  }

  private void attemptAfter(Duration pause) {
    // Off the scheduler's thread at once: it is one, and times every other attempt out.
    var unused =
        means
            .scheduler()
            .schedule(
                () -> means.executor().execute(this::attempt),
                pause.toNanos(),
                TimeUnit.NANOSECONDS);
  }

  private static StsCode codeOf(@Nullable Throwable failure) {
    if (failure instanceof CancellationException || failure instanceof HttpTimeoutException) {
      return StsCode.TIMEOUT;
    }
    if (failure instanceof AnswerTooLongException) {
      return StsCode.ANSWER_INVALID;
    }
    if (failure instanceof IOException) {
      return StsCode.CONNECTION;
    }
    throw new IllegalStateException("the transport failed otherwise than by I/O", failure);
  }

  private Duration elapsed() {
    return Duration.ofNanos(means.ticker().getAsLong() - began);
  }

  private void fail(@Nullable Throwable defect) {
    if (defect != null) {
      answer.completeExceptionally(defect);
    }
  }
}
