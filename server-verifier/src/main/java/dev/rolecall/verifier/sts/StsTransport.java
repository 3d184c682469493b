package dev.rolecall.verifier.sts;

import java.util.concurrent.CompletableFuture;

/** Carries one request to STS and its response back. */
@FunctionalInterface
public interface StsTransport extends AutoCloseable {

  /** The longest body a transport reads, in bytes; a longer one ends the exchange. */
  int MAX_BODY = 64 * 1024;

  /**
   * Sends the request as it is, without retry, redirect or time limit. Does not block. The future
   * may complete on any thread: with the response, with an {@link java.io.IOException} (an {@link
   * AnswerTooLongException} where the body is too long), or exceptionally otherwise for a defect.
   * Cancelling it ends the exchange and frees its connection.
   */
  CompletableFuture<StsResponse> send(StsRequest request);

  /** Ends connections that are not in use. Does not block. */
  @Override
  default void close() {
    // Where nothing is kept, nothing ends.
  }
}
