package dev.rolecall.verifier.internal.http;

import dev.rolecall.verifier.internal.answer.StsResponse;
import java.util.concurrent.CompletableFuture;

/** Carries one request to STS and its response back. */
@FunctionalInterface
public interface StsTransport extends AutoCloseable {

  /**
   * Sends the request as it is, without retry, redirect or time limit. Does not block. The future
   * may complete on any thread: with the response, with an {@link java.io.IOException} (an {@link
   * AnswerTooLongException} where the body is longer than {@link StsResponse#MAX_BODY}), or
   * exceptionally otherwise for a defect. Cancelling it ends the exchange and frees its connection.
   */
  CompletableFuture<StsResponse> send(StsRequest request);

  /** Ends connections that are not in use. Does not block. */
  @Override
  default void close() {
    // Where nothing is kept, nothing ends.
  }
}
