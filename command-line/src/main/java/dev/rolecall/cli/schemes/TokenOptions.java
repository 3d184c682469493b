package dev.rolecall.cli.schemes;

import dev.rolecall.access.scheme.Scheme;
import dev.rolecall.cli.arguments.NamedArgument;
import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.cli.input.InputFile;
import dev.rolecall.identity.IssuerAlias;
import dev.rolecall.tokens.IssuerProfile;
import dev.rolecall.tokens.TokenIssuer;
import dev.rolecall.tokens.TokenVerifier;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** The options to accept tokens of OAuth2 and OIDC issuers, and AWS web identity. */
final class TokenOptions implements SchemeOption {

  private static final String ISSUER = "--issuer";
  private static final String PROFILE = "--issuer-profile";
  private static final String CA = "--issuer-ca";
  private static final String CLIENT = "--issuer-client";
  private static final String INTROSPECT = "--introspect";
  private static final String CLIENT_FILE = "--introspect-client-file";
  private static final String WEB_IDENTITY = "--web-identity";
  private static final String AUDIENCE = "--token-audience";
  private static final int MOST_BYTES_OF_CLIENT = 8_192;

  /** AWS has an option of its own. A JWT-SVID needs a trust domain, which no option gives. */
  private static final Set<IssuerProfile> PROFILES =
      EnumSet.complementOf(EnumSet.of(IssuerProfile.SPIFFE, IssuerProfile.AWS));

  @Option(
      names = ISSUER,
      paramLabel = "ALIAS=URL",
      description =
          "Also accept access tokens of this issuer, which the policy calls by the alias; repeat it"
              + " for several. The URL is the tokens' iss, letter by letter. Plain http on loopback"
              + " only.")
  List<NamedArgument> issuers = List.of();

  @Option(
      names = PROFILE,
      paramLabel = "ALIAS=NAME",
      description =
          "The way in which that issuer writes its tokens: rfc9068 (the default), keycloak, okta,"
              + " auth0, entra, google, github, kubernetes, cognito or rolecall.")
  List<NamedArgument> profiles = List.of();

  @Option(
      names = CA,
      paramLabel = "ALIAS=FILE",
      description =
          "The certificate authorities, PEM, that this issuer's servers are trusted by. Default:"
              + " those of the JVM.")
  List<NamedArgument> authorities = List.of();

  @Option(
      names = CLIENT,
      paramLabel = "ALIAS=ID",
      description =
          "Accept that issuer's tokens of this client alone; repeat it for several. Required for"
              + " the profile cognito.")
  List<NamedArgument> clients = List.of();

  @Option(
      names = AUDIENCE,
      paramLabel = "NAME",
      description =
          "The name by which tokens mean this server; repeat it for several. Default: the audience.")
  List<String> audiences = List.of();

  @Option(
      names = INTROSPECT,
      paramLabel = "ALIAS=URL",
      description = "Also accept that issuer's opaque tokens, and ask about them there (RFC 7662).")
  List<NamedArgument> introspections = List.of();

  @Option(
      names = CLIENT_FILE,
      paramLabel = "ALIAS=FILE",
      description = "This server's client at that issuer, two lines: the client id, the secret.")
  List<NamedArgument> clientFiles = List.of();

  @Option(
      names = WEB_IDENTITY,
      paramLabel = "ACCOUNT=ISSUER",
      description =
          "Also accept the web identity tokens of roles of this AWS account, whose issuer has this"
              + " URL; repeat it for several accounts.")
  List<NamedArgument> accounts = List.of();

  @Override
  public List<String> given() {
    if (!issuers.isEmpty()) {
      return List.of(ISSUER);
    }
    return accounts.isEmpty() ? List.of() : List.of(WEB_IDENTITY);
  }

  @Override
  public List<Scheme> schemes(Front front, List<String> audiences) {
    AliasedValues urls = AliasedValues.of(ISSUER, issuers);
    PerIssuer options = new PerIssuer(urls);
    if (urls.isEmpty() && accounts.isEmpty()) {
      if (!this.audiences.isEmpty()) {
        throw new CommandFailure(AUDIENCE + ": only with " + ISSUER + " or " + WEB_IDENTITY);
      }
      return List.of();
    }
    List<String> names = this.audiences.isEmpty() ? audiences : this.audiences;
    return List.of(
        Trial.of(
            AUDIENCE,
            () -> {
              TokenVerifier verifier =
                  TokenVerifier.forAudience(
                      names.get(0), names.subList(1, names.size()).toArray(String[]::new));
              urls.values().forEach((alias, url) -> verifier.accept(options.issuer(alias, url)));
              accounts.forEach(each -> verifier.accept(webIdentity(each)));
              return Trial.ofScheme(given().get(0), verifier);
            }));
  }

  private static TokenIssuer webIdentity(NamedArgument account) {
    return Trial.of(
        WEB_IDENTITY,
        () ->
            onLoopback(
                account.value(), TokenIssuer.ofWebIdentity(account.name(), account.value())));
  }

  /** An emulator speaks plain http; the scheme holds it to the loopback. */
  private static TokenIssuer onLoopback(String url, TokenIssuer issuer) {
    return url.startsWith("http://") ? issuer.allowPlainHttpOnLoopback() : issuer;
  }

  private static URI url(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(text + " (expected: a URL)", e);
    }
  }

  /** The options that are given once for each issuer, each alias of them known. */
  private final class PerIssuer {

    private final AliasedValues profile;
    private final AliasedValues authority;
    private final AliasedValues introspect;
    private final AliasedValues clientFile;

    PerIssuer(AliasedValues urls) {
      this.profile = known(PROFILE, profiles, urls);
      this.authority = known(CA, authorities, urls);
      this.introspect = known(INTROSPECT, introspections, urls);
      this.clientFile = known(CLIENT_FILE, clientFiles, urls);
      clients.forEach(each -> known(CLIENT, List.of(each), urls));
      clientFile.onlyOf(introspect.values().keySet(), INTROSPECT);
    }

    private AliasedValues known(String option, List<NamedArgument> given, AliasedValues urls) {
      Map<IssuerAlias, String> all = urls.values();
      return AliasedValues.of(option, given).onlyOf(all.keySet(), ISSUER);
    }

    TokenIssuer issuer(IssuerAlias alias, String url) {
      TokenIssuer issuer =
          Trial.of(ISSUER, () -> onLoopback(url, TokenIssuer.of(alias.value(), url)));
      profile
          .of(alias)
          .map(name -> Trial.of(PROFILE, () -> profile(name)))
          .ifPresent(known -> issuer.profile(withItsClients(alias, known)));
      authority.of(alias).ifPresent(file -> issuer.trustCertificates(Path.of(file)));
      List<String> only =
          clients.stream()
              .filter(each -> each.name().equals(alias.value()))
              .map(NamedArgument::value)
              .toList();
      if (!only.isEmpty()) {
        Trial.of(CLIENT, () -> issuer.allowClients(only));
      }
      introspect
          .of(alias)
          .ifPresent(
              at -> Trial.of(INTROSPECT, () -> issuer.introspect(url(at), clientFile(alias))));
      return issuer;
    }

    private IssuerProfile withItsClients(IssuerAlias alias, IssuerProfile profile) {
      if (profile.equals(IssuerProfile.COGNITO)
          && clients.stream().noneMatch(each -> each.name().equals(alias.value()))) {
        throw new CommandFailure(
            CLIENT
                + ": "
                + alias
                + ": none (expected: one, since cognito's tokens name no audience)");
      }
      return profile;
    }

    /** Read once here too: a server is told at its start, and not by its first opaque token. */
    private Path clientFile(IssuerAlias alias) {
      Path file = Path.of(clientFileName(alias));
      InputFile input = InputFile.of(CLIENT_FILE, file);
      List<String> lines = input.text(MOST_BYTES_OF_CLIENT).lines().toList();
      if (lines.size() != 2 || lines.stream().anyMatch(String::isBlank)) {
        throw input.wrong("not a client (expected: two lines, the client id and the secret)");
      }
      return file;
    }

    private String clientFileName(IssuerAlias alias) {
      Optional<String> file = clientFile.of(alias);
      return file.orElseThrow(
          () ->
              new CommandFailure(
                  INTROSPECT
                      + ": "
                      + alias
                      + ": without a client (expected: "
                      + CLIENT_FILE
                      + " "
                      + alias
                      + "=FILE too)"));
    }

    private static IssuerProfile profile(String name) {
      return IssuerProfile.named(name)
          .filter(PROFILES::contains)
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      name
                          + " (expected: one of "
                          + PROFILES.stream()
                              .map(IssuerProfile::label)
                              .collect(Collectors.joining(", "))
                          + "; aws by "
                          + WEB_IDENTITY
                          + ", spiffe in code alone)"));
    }
  }
}
