package dev.rolecall.cli.login;

import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.tokencredentials.CodeLogin;
import dev.rolecall.tokencredentials.LoginTokens;
import dev.rolecall.tokencredentials.UserLogin;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Map;

/** A login by the browser, and the wait for it. */
final class BrowserWait {

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final UserLogin login;
  private final PrintWriter out;
  private final boolean withoutBrowser;

  BrowserWait(UserLogin login, PrintWriter out, boolean withoutBrowser) {
    this.login = login;
    this.out = out;
    this.withoutBrowser = withoutBrowser;
  }

  /** The tokens; blocks until the person is done, for five minutes at most. */
  LoginTokens tokens() throws IOException {
    try (RedirectListener listener = RedirectListener.open()) {
      CodeLogin begun = login.byBrowser(listener.address()).toCompletableFuture().join();
      listener.expect(begun::isAnswer);
      out.println("Log in at this page, in a browser on this machine:");
      out.println(begun.address());
      out.flush();
      if (!withoutBrowser) {
        Browser.open(begun.address());
      }
      Map<String, String> answer =
          listener
              .await(PATIENCE)
              .orElseThrow(
                  () ->
                      new CommandFailure(
                          "no answer of a browser in five minutes: not logged in (expected: the"
                              + " page opened on this machine; elsewhere, --device)"));
      return begun.tokens(answer).toCompletableFuture().join();
    }
  }
}
