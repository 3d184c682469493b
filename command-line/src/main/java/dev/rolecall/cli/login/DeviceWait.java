package dev.rolecall.cli.login;

import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.tokencredentials.DeviceLogin;
import dev.rolecall.tokencredentials.LoginTokens;
import dev.rolecall.tokencredentials.UserLogin;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A login at another device, and the wait for it. */
final class DeviceWait {

  private final UserLogin login;
  private final PrintWriter out;

  DeviceWait(UserLogin login, PrintWriter out) {
    this.login = login;
    this.out = out;
  }

  /** The tokens; blocks until the person is done or the code has ended. */
  LoginTokens tokens() throws IOException {
    DeviceLogin begun = login.byDevice().toCompletableFuture().join();
    out.println("Open this page on any device, and type the code " + begun.shown().userCode());
    out.println(begun.shown().complete().orElse(begun.shown().address()));
    out.flush();
    while (!begun.isOver()) {
      pause(begun.interval());
      Optional<LoginTokens> tokens = begun.tokens().toCompletableFuture().join();
      if (tokens.isPresent()) {
        return tokens.get();
      }
    }
    throw new CommandFailure("the code has ended: not logged in (expected: the code typed sooner)");
  }

  private static void pause(Duration time) {
    try {
      var unused = new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure("interrupted: not logged in", e);
    }
  }
}
