package dev.rolecall.cli.connect;

import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.cli.input.LoginFile;
import dev.rolecall.tokencredentials.AccessToken;
import dev.rolecall.tokencredentials.TokenCallBuilder;
import dev.rolecall.tokencredentials.TokenCallCredentials;
import dev.rolecall.tokencredentials.TokenSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;

/** Tokens of a person who has logged in, as the credentials of calls. */
public final class LoginTokens {

  private LoginTokens() {}

  /**
   * The credentials of that login.
   *
   * @throws CommandFailure if there is no such login, or it is malformed
   */
  public static TokenCallBuilder of(LoginFile file) {
    try {
      TokenSource refreshing = file.stored().login(Clock.systemUTC()).refreshing(file);
      return TokenCallCredentials.of(
          () -> CompletableFuture.completedFuture(file.alone(() -> token(refreshing))));
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(file.path() + ": " + e.getMessage(), e);
    }
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
