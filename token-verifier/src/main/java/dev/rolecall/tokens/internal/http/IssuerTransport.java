package dev.rolecall.tokens.internal.http;

import dev.rolecall.identity.internal.AnswerTooLongException;
import java.util.concurrent.CompletableFuture;

/** The carrier of requests to issuers; HTTP, or a fake of a test. */
@FunctionalInterface
public interface IssuerTransport {

  /**
   * Sends. The future completes on any thread: with the response; exceptionally with {@link
   * AnswerTooLongException} where the body is over the request's limit, and with another {@code
   * IOException} where there is no response. Cancelling it ends the exchange. Never blocks.
   */
  CompletableFuture<IssuerResponse> send(IssuerRequest request);
}
