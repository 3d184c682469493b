package dev.rolecall.cli.doctor;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.SpiffeId;
import dev.rolecall.jwt.json.JsonValue;
import dev.rolecall.tokens.IssuerProfile;
import dev.rolecall.tokens.TokenIssuer;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A guess at the settings by which a server takes a token: the provider, by the issuer's host and
 * the claims. A guess alone: the token is then held against it.
 *
 * @param issuer the token's {@code iss}
 * @param profile the provider's way of writing tokens
 * @param claims the token's
 */
record IssuerGuess(String issuer, IssuerProfile profile, JsonValue.Members claims) {

  private static final String OF_AWS = "https://sts.amazonaws.com/";

  private static final Map<String, IssuerProfile> HOSTS =
      Map.of(
          "token.actions.githubusercontent.com", IssuerProfile.GITHUB,
          "accounts.google.com", IssuerProfile.GOOGLE,
          "login.microsoftonline.com", IssuerProfile.ENTRA);

  private static final Map<String, IssuerProfile> HOST_PATTERNS =
      Map.of(
          ".*\\.okta(preview)?\\.com", IssuerProfile.OKTA,
          ".*\\.auth0\\.com", IssuerProfile.AUTH0,
          "cognito-idp\\..*", IssuerProfile.COGNITO);

  IssuerGuess {
    requireNonNull(issuer, "issuer");
    requireNonNull(profile, "profile");
    requireNonNull(claims, "claims");
  }

  /** The guess at the issuer of that text. */
  static IssuerGuess of(String issuer, JsonValue.Members claims) {
    return new IssuerGuess(issuer, byClaims(claims).orElseGet(() -> byUrl(issuer, claims)), claims);
  }

  private static Optional<IssuerProfile> byClaims(JsonValue.Members claims) {
    if (claims.has(OF_AWS)) {
      return Optional.of(IssuerProfile.AWS);
    }
    if (claims.has("kubernetes.io")) {
      return Optional.of(IssuerProfile.KUBERNETES);
    }
    if (claims.has("access_key_id")) {
      return Optional.of(IssuerProfile.ROLECALL);
    }
    return trustDomain(claims).map(domain -> IssuerProfile.SPIFFE);
  }

  private static IssuerProfile byUrl(String issuer, JsonValue.Members claims) {
    String host = host(issuer);
    // Keycloak says among the claims what kind of token it is, unless it is told to write at+jwt.
    boolean isKeycloak = issuer.contains("/realms/") && claims.has("typ");
    return Optional.ofNullable(HOSTS.get(host))
        .or(
            () ->
                HOST_PATTERNS.entrySet().stream()
                    .filter(each -> host.matches(each.getKey()))
                    .map(Map.Entry::getValue)
                    .findFirst())
        .orElse(isKeycloak ? IssuerProfile.KEYCLOAK : IssuerProfile.RFC9068);
  }

  private static String host(String issuer) {
    try {
      return Optional.ofNullable(URI.create(issuer).getHost()).orElse("");
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private static Optional<String> trustDomain(JsonValue.Members claims) {
    return claims
        .text("sub")
        .filter(sub -> sub.startsWith("spiffe://"))
        .map(sub -> sub.substring("spiffe://".length()).replaceFirst("/.*", ""))
        .filter(SpiffeId::isTrustDomain);
  }

  /**
   * The settings of a verifier.
   *
   * @throws IllegalArgumentException if the issuer's text or a claim breaks a rule of them
   */
  TokenIssuer settings() {
    TokenIssuer made =
        profile == IssuerProfile.AWS
            ? TokenIssuer.ofWebIdentity(account(), issuer)
            : TokenIssuer.of(alias(), issuer).profile(profile);
    if (profile == IssuerProfile.SPIFFE) {
      made.trustDomain(trustDomain(claims).orElse(""));
    }
    if (profile == IssuerProfile.COGNITO) {
      made.allowClients(List.of(client()));
    }
    return issuer.startsWith("http://") ? made.allowPlainHttpOnLoopback() : made;
  }

  /** The same as options of {@code serve}. */
  String options() {
    return switch (profile) {
      case AWS -> "--web-identity " + account() + "=" + issuer;
      case RFC9068 -> "--issuer " + alias() + "=" + issuer;
      case SPIFFE ->
          "in code TokenIssuer.of(\"mesh\", \""
              + issuer
              + "\").profile(IssuerProfile.SPIFFE).trustDomain(\""
              + trustDomain(claims).orElse("")
              + "\")";
      case COGNITO -> profiled() + " --issuer-client " + alias() + "=" + client();
      default -> profiled();
    };
  }

  private String profiled() {
    return "--issuer "
        + alias()
        + "="
        + issuer
        + " --issuer-profile "
        + alias()
        + "="
        + profile.label();
  }

  private String alias() {
    return switch (profile) {
      case RFC9068 -> "idp";
      case SPIFFE -> "mesh";
      default -> profile.label();
    };
  }

  private String account() {
    return claims.get(OF_AWS).orElse(null) instanceof JsonValue.Members own
        ? own.text("aws_account").orElse("")
        : "";
  }

  private String client() {
    return claims.text("client_id").orElse("");
  }
}
