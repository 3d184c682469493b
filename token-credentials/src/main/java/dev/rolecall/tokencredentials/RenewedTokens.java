package dev.rolecall.tokencredentials;

import dev.rolecall.renewal.BoundedLoad;
import dev.rolecall.renewal.CredentialSource;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** The tokens of a source as credentials to be renewed, each within a bounded time. */
final class RenewedTokens implements CredentialSource<AccessToken> {

  private final TokenSource source;
  private final BoundedLoad<AccessToken> loads;
  private volatile boolean closed;

  /**
   * The tokens of that source.
   *
   * @param patience the longest time that a token takes
   */
  RenewedTokens(TokenSource source, Duration patience) {
    this.source = source;
    this.loads = new BoundedLoad<>(patience);
  }

  @Override
  public String name() {
    return "access token";
  }

  @Override
  public CompletionStage<AccessToken> make() {
    if (closed) {
      throw TokenFailure.closed();
    }
    return loads
        .begin(this::token)
        .handle(
            (token, failure) -> {
              if (failure != null) {
                throw TokenFailure.notLoaded(failure);
              }
              return token;
            });
  }

  private CompletionStage<AccessToken> token() {
    try {
      return source.token();
    } catch (IOException e) {
      throw TokenFailure.notLoaded(e);
    }
  }

  @Override
  public RuntimeException executorRefused() {
    return TokenFailure.rejected();
  }

  @Override
  public RuntimeException defect(Throwable thrown) {
    return TokenFailure.defect(thrown);
  }

  boolean isClosed() {
    return closed;
  }

  void close() {
    closed = true;
  }
}
