package dev.rolecall.cli.options;

import dev.rolecall.cli.connect.BearerToken;
import dev.rolecall.cli.connect.CredentialKind;
import dev.rolecall.cli.connect.LoginTokens;
import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.cli.input.InputFile;
import dev.rolecall.cli.input.LoginFile;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The options that name a bearer token to call with, such as an API key, in place of a proof. At
 * most one of them is given. None takes the token itself: other users of a machine see the
 * arguments of its processes.
 */
public final class BearerOptions {

  private static final String FROM = "--bearer-from";
  private static final String FILE = "--token-file";
  private static final int MOST_BYTES = 16_384;

  /** RFC 6750, section 2.1. */
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9\\-._~+/]+=*");

  @Option(
      names = FROM,
      paramLabel = "VARIABLE",
      description =
          "Send the bearer token in this environment variable, such as an API key, in place of a"
              + " proof. Needs TLS, or a server on this machine.")
  @Nullable String variable;

  @Option(
      names = FILE,
      paramLabel = "FILE",
      description = "The same for the token in this file, which is read again for each call.")
  @Nullable Path file;

  @Option(
      names = "--login",
      paramLabel = "ALIAS",
      description = "Send a token of this login, begun by 'rolecall login ALIAS'.")
  @Nullable String login;

  /**
   * The credentials of the token.
   *
   * @throws CommandFailure if there is no token, or its text is none
   */
  public BearerToken token() {
    return new BearerToken(text());
  }

  /**
   * The text of the token, a secret. Each question may block, and throws {@link CommandFailure}, or
   * of a login {@link io.grpc.StatusRuntimeException}, if there is none.
   *
   * @throws CommandFailure if there is no token, or its text is none
   */
  public Supplier<String> text() {
    if (login != null) {
      return LoginTokens.of(LoginFile.of(LoginFile.usualFolder(), login));
    }
    Path named = file;
    if (named == null) {
      String token = ofEnvironment();
      return () -> token;
    }
    // Now too, so that a wrong option is said before anything is sent.
    var unused = ofFile(named);
    return () -> ofFile(named);
  }

  private String ofEnvironment() {
    String name = String.valueOf(variable);
    String value = Optional.ofNullable(System.getenv(name)).orElse("");
    if (value.isBlank()) {
      throw new CommandFailure(
          FROM + ": " + name + ": not set, or empty (expected: a variable that holds a token)");
    }
    return checked(FROM + ": " + name, value);
  }

  private static String ofFile(Path file) {
    if (file.equals(Path.of("-"))) {
      throw new CommandFailure(FILE + ": - (expected: a file, which each call can read again)");
    }
    return checked(FILE + ": " + file, InputFile.of(FILE, file).text(MOST_BYTES));
  }

  private static String checked(String source, String text) {
    String token = text.strip();
    if (CredentialKind.of(token) == CredentialKind.PROOF && !TOKEN.matcher(token).matches()) {
      throw new CommandFailure(
          source + ": a proof, and no token (expected: --audience, by which a proof is made)");
    }
    if (!TOKEN.matcher(token).matches()) {
      throw new CommandFailure(
          source
              + ": not a bearer token (expected: one word of A-Z a-z 0-9 - . _ ~ + /, without"
              + " 'Bearer')");
    }
    return token;
  }
}
