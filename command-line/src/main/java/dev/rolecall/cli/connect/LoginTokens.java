package dev.rolecall.cli.connect;

import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.cli.input.LoginFile;
import dev.rolecall.tokencredentials.AccessToken;
import dev.rolecall.tokencredentials.TokenCallCredentials;
import dev.rolecall.tokencredentials.TokenSource;
import dev.rolecall.tokencredentials.TokenUnavailableException;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** Tokens of a person who has logged in, each made with the refresh token in the login's file. */
public final class LoginTokens {

  private LoginTokens() {}

  /**
   * The tokens of that login, renewed as needed. Each question may block, and throws {@link
   * StatusRuntimeException} if there is no token.
   *
   * @throws CommandFailure if there is no such login, or its file is malformed
   */
  public static Supplier<String> of(LoginFile file) {
    TokenCallCredentials tokens = TokenCallCredentials.of(refreshing(file)).build();
    return () -> {
      try {
        return tokens.token(Runnable::run).toCompletableFuture().join().text();
      } catch (CompletionException e) {
        throw failure(e);
      }
    };
  }

  private static TokenSource refreshing(LoginFile file) {
    try {
      TokenSource refreshing = file.stored().login(Clock.systemUTC()).refreshing(file);
      return () -> CompletableFuture.completedFuture(file.alone(() -> token(refreshing)));
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(file.path() + ": " + e.getMessage(), e);
    }
  }

  /** An outage of the issuer is no refusal, and passes. */
  private static StatusRuntimeException failure(CompletionException thrown) {
    if (!(thrown.getCause() instanceof TokenUnavailableException known)) {
      return Status.INTERNAL.withDescription("--login: no token").asRuntimeException();
    }
    return known.isRetryable()
        ? Status.UNAVAILABLE.withDescription("--login: " + known.getMessage()).asRuntimeException()
        : Status.UNAUTHENTICATED
            .withDescription("--login: " + known.getMessage() + "; or log in again")
            .asRuntimeException();
  }

  /** Waits for the token: the lock is held until the next refresh token is kept. */
  private static AccessToken token(TokenSource source) {
    try {
      return source.token().toCompletableFuture().join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
