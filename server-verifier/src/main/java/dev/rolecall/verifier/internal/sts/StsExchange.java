package dev.rolecall.verifier.internal.sts;

import dev.rolecall.access.internal.metrics.SupervisedTask;
import dev.rolecall.verifier.internal.answer.AnswerReader;
import dev.rolecall.verifier.internal.answer.StsAnswer;
import dev.rolecall.verifier.internal.answer.StsCode;
import dev.rolecall.verifier.internal.answer.StsResponse;
import dev.rolecall.verifier.internal.http.AnswerTooLongException;
import dev.rolecall.verifier.internal.http.ProxyAuthenticationException;
import dev.rolecall.verifier.internal.http.StsRequest;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;

/** One request to STS within a limit of time; its answer is read and noted. */
final class StsExchange {

  private final Dependencies means;
  private final StsRequest request;
  private final long sentAt;
  private final CompletableFuture<StsResponse> sent;
  private final ScheduledFuture<?> timer;
  private volatile boolean abandoned;

  /** Sends the request. What is thrown is a defect, and nothing is under way then. */
  StsExchange(Dependencies means, StsRequest request, Duration limit) {
    this.means = means;
    this.request = request;
    this.sentAt = means.ticker().getAsLong();
    this.sent = means.transport().send(request);
    try {
      this.timer =
          means
              .supervisor()
              .after(
                  limit,
                  means.scheduler(),
                  SupervisedTask.LOOK_UP.label(),
                  () -> sent.cancel(true));
    } catch (RuntimeException | Error e) {
      sent.cancel(true);
      throw e;
    }
  }

  /**
   * Calls that once, on the executor, with the answer, or with a defect: of the transport, or of
   * what was called. An answer that the executor does not take is read on the thread that brings
   * it. To be used once.
   */
  void whenOver(Ending ending) {
    var unused =
        sent.handleAsync(
                (response, failure) -> {
                  timer.cancel(false);
                  ending.answered(answer(response, failure));
                  return null;
                },
                means.supervisor().orHere(means.executor(), SupervisedTask.LOOK_UP.label()))
            .whenComplete(
                (ended, defect) -> {
                  if (defect != null) {
                    ending.failed(defect);
                  }
                });
  }

  /** Ends it. Its end says nothing about STS, and is not noted. */
  void abandon() {
    abandoned = true;
    sent.cancel(true);
  }

  private StsAnswer answer(@Nullable StsResponse response, @Nullable Throwable failure) {
    StsAnswer answer =
        response != null ? AnswerReader.read(response) : StsAnswer.of(codeOf(failure));
    if (!abandoned) {
      Duration took = Duration.ofNanos(means.ticker().getAsLong() - sentAt);
      means.log().answered(request.endpoint(), took, answer.code(), response);
    }
    return answer;
  }

  private static StsCode codeOf(@Nullable Throwable failure) {
    if (failure instanceof CancellationException || failure instanceof InterruptedIOException) {
      return StsCode.TIMEOUT;
    }
    if (failure instanceof ProxyAuthenticationException) {
      return StsCode.PROXY_AUTHENTICATION;
    }
    if (failure instanceof AnswerTooLongException) {
      return StsCode.ANSWER_INVALID;
    }
    if (failure instanceof IOException) {
      return StsCode.CONNECTION;
    }
    throw new IllegalStateException("the transport failed otherwise than by I/O", failure);
  }

  /** The step after an exchange. */
  interface Ending {

    /** It ended as it should: with an answer, or without one in time. */
    void answered(StsAnswer answer);

    /** It ended as nothing should. */
    void failed(Throwable defect);
  }
}
