package dev.rolecall.cli.login;

import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.cli.failure.IoWords;
import dev.rolecall.cli.input.LoginFile;
import dev.rolecall.cli.input.StoredLogin;
import dev.rolecall.cli.terminal.ExitStatus;
import dev.rolecall.cli.terminal.Visible;
import dev.rolecall.tokencredentials.LoginTokens;
import dev.rolecall.tokencredentials.TokenUnavailableException;
import dev.rolecall.tokencredentials.UserLogin;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code rolecall login}: a person logs in at an issuer of OAuth 2 tokens. */
@Command(
    name = "login",
    mixinStandardHelpOptions = true,
    description =
        "Log in at an issuer of OAuth 2 tokens, by the browser or another device, so that"
            + " 'call --login ALIAS' calls as you.",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:logged in",
      "1:refused by the issuer",
      "2:could not tell: anything else, such as an issuer that does not answer"
    },
    footerHeading = "%nFor example:%n",
    footer = {
      "  rolecall login work --issuer https://idp.example --client-id rolecall-cli",
      "  rolecall call --login work orders.example:443 orders.v1.Orders/Get",
      "  rolecall login work",
      "",
      "The issuer knows the client as a public one, with the redirect address",
      "http://127.0.0.1/callback at any port, or with the device grant. What was",
      "given once is kept with the refresh token, in a file for your eyes alone."
    })
public final class LoginCommand implements Callable<Integer> {

  @Parameters(
      index = "0",
      paramLabel = "ALIAS",
      description = "Your name for the login, such as work: a-z, 0-9 and -.")
  String alias;

  @Mixin IssuerOptions issuer;

  @Option(
      names = "--device",
      description = "Log in at another device: type a code there. For shells without a browser.")
  boolean byDevice;

  @Option(names = "--no-browser", description = "Print the page's address, and open no browser.")
  boolean withoutBrowser;

  @Option(
      names = "--logins",
      paramLabel = "FOLDER",
      description =
          "The folder of logins. Default: rolecall/logins in $XDG_CONFIG_HOME or ~/.config, where"
              + " 'call --login' looks.")
  @Nullable Path folder;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    LoginFile file = LoginFile.of(folder == null ? LoginFile.usualFolder() : folder, alias);
    StoredLogin wanted = issuer.given().orElseGet(file::stored);
    PrintWriter out = spec.commandLine().getOut();
    try {
      LoginTokens tokens = loggedIn(wanted, out);
      String refresh =
          tokens
              .refresh()
              .orElseThrow(
                  () ->
                      new CommandFailure(
                          "the issuer gave no refresh token, so the login would not last"
                              + " (expected: --scope with offline_access, and a client that may"
                              + " have one)"));
      file.write(wanted, refresh);
      out.println("logged in; kept in " + Visible.line(file.path().toString()));
      return ExitStatus.YES;
    } catch (TokenUnavailableException e) {
      return failed(e);
    } catch (IOException e) {
      throw new CommandFailure(file.path() + ": " + IoWords.whyNotWritten(e), e);
    }
  }

  private LoginTokens loggedIn(StoredLogin wanted, PrintWriter out) throws IOException {
    UserLogin login;
    try {
      login = wanted.login(Clock.systemUTC());
    } catch (IllegalArgumentException e) {
      throw new CommandFailure("--" + e.getMessage(), e);
    }
    try {
      return byDevice
          ? new DeviceWait(login, out).tokens()
          : new BrowserWait(login, out, withoutBrowser).tokens();
    } catch (CompletionException e) {
      if (e.getCause() instanceof TokenUnavailableException known) {
        throw known;
      }
      throw e;
    }
  }

  private int failed(TokenUnavailableException failure) {
    PrintWriter err = spec.commandLine().getErr();
    err.println("rolecall: not logged in: " + Visible.line(String.valueOf(failure.getMessage())));
    err.flush();
    return failure.isRetryable() ? ExitStatus.COULD_NOT_TELL : ExitStatus.NO;
  }
}
