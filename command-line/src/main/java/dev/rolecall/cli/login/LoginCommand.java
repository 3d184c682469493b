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
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
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

  @Option(
      names = "--issuer",
      paramLabel = "URL",
      description = "The issuer, as its tokens name it. Needed the first time.")
  @Nullable URI issuer;

  @Option(
      names = "--client-id",
      paramLabel = "ID",
      description = "The client to log in with. Needed the first time.")
  @Nullable String clientId;

  @Option(
      names = "--scope",
      paramLabel = "SCOPES",
      description =
          "The scopes, in one argument. Default: openid offline_access, as most issuers want for a"
              + " login that lasts.")
  @Nullable String scope;

  @Option(
      names = "--token-audience",
      paramLabel = "NAME",
      description = "The audience to ask the issuer for, where it wants that.")
  @Nullable String audience;

  @Option(
      names = "--resource",
      paramLabel = "URI",
      description = "The resource to ask the issuer for, as RFC 8707 has it.")
  @Nullable URI resource;

  @Option(
      names = "--issuer-cert",
      paramLabel = "FILE",
      description = "Certificates to trust at the issuer, in place of Java's, as PEM.")
  @Nullable Path authorities;

  @Option(
      names = "--device",
      description = "Log in at another device: type a code there. For shells without a browser.")
  boolean byDevice;

  @Option(names = "--no-browser", description = "Print the page's address, and open no browser.")
  boolean withoutBrowser;

  @Option(
      names = "--logins",
      paramLabel = "FOLDER",
      description = "The folder of logins. Default: rolecall/logins in ~/.config.")
  @Nullable Path folder;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    LoginFile file = LoginFile.of(folder == null ? LoginFile.usualFolder() : folder, alias);
    StoredLogin wanted = issuer == null && clientId == null ? file.stored() : given();
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

  private StoredLogin given() {
    if (issuer == null || clientId == null) {
      throw new CommandFailure(
          (issuer == null ? "--issuer" : "--client-id")
              + ": missing (expected: both, or neither for a login that is known)");
    }
    try {
      return new StoredLogin(
          issuer,
          clientId,
          new UserLogin.Wish(
              Optional.of(scope == null ? "openid offline_access" : scope),
              Optional.ofNullable(audience),
              Optional.ofNullable(resource)),
          Optional.ofNullable(authorities).map(Path::toAbsolutePath));
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
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
