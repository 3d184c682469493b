package dev.rolecall.cli.login;

import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.cli.input.StoredLogin;
import dev.rolecall.tokencredentials.UserLogin;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that name an issuer, a client there, and the token to ask for. */
final class IssuerOptions {

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

  /**
   * What was given; empty if neither issuer nor client was.
   *
   * @throws CommandFailure if one was given without the other, another option without both, or a
   *     value is malformed
   */
  Optional<StoredLogin> given() {
    if (issuer == null && clientId == null) {
      refuse("--scope", scope);
      refuse("--token-audience", audience);
      refuse("--resource", resource);
      refuse("--issuer-cert", authorities);
      return Optional.empty();
    }
    if (issuer == null || clientId == null) {
      throw new CommandFailure(
          (issuer == null ? "--issuer" : "--client-id")
              + ": missing (expected: both, or neither for a login that is known)");
    }
    try {
      return Optional.of(
          new StoredLogin(
              issuer,
              clientId,
              new UserLogin.Wish(
                  Optional.of(scope == null ? "openid offline_access" : scope),
                  Optional.ofNullable(audience),
                  Optional.ofNullable(resource)),
              Optional.ofNullable(authorities).map(Path::toAbsolutePath)));
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    }
  }

  /** A login that is known keeps what it began with. */
  private static void refuse(String option, @Nullable Object value) {
    if (value != null) {
      throw new CommandFailure(
          option + ": for a login that begins (expected: --issuer and --client-id too)");
    }
  }
}
