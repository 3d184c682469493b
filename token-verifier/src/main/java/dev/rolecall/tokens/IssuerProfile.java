package dev.rolecall.tokens;

import dev.rolecall.tokens.internal.claim.ProfileRules;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The ways in which identity providers write their tokens. A profile decides which types of token
 * are accepted, and which claims are the subject and the client. Each refuses ID tokens, but for
 * {@link #GOOGLE}, whose tokens are ID tokens on purpose.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9068">RFC 9068, JWT profile for OAuth 2.0 access
 *     tokens</a>
 */
public enum IssuerProfile {
  /** RFC 9068: {@code typ} is {@code at+jwt}. The default. */
  RFC9068,
  /** Keycloak's own form: {@code typ} is {@code JWT}, and {@code Bearer} among the claims. */
  KEYCLOAK,
  /** Okta's custom authorization servers: {@code cid} is the client, {@code scp} has scopes. */
  OKTA,
  /** Auth0: {@code typ} is {@code JWT} or {@code at+jwt}. */
  AUTH0,
  /** Entra ID, version 2.0: {@code tid} is the tenant in the issuer's text. */
  ENTRA,
  /** Google's ID tokens: the subject is a number. */
  GOOGLE,
  /** GitHub Actions: {@code repository} and {@code repository_owner_id} are there. */
  GITHUB,
  /** Projected tokens of Kubernetes service accounts. */
  KUBERNETES,
  /** Access tokens of Cognito user pools, which name no audience: the clients must be listed. */
  COGNITO,
  /** SPIFFE JWT-SVIDs: the subject is a SPIFFE ID of one trust domain, which must be named. */
  SPIFFE,
  /** AWS web identity tokens; chosen by {@link TokenIssuer#ofWebIdentity}. */
  AWS,
  /** Rolecall's own token exchange: the subject is the ARN of an IAM role. */
  ROLECALL;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** The name in lower case, as settings write it. */
  public String label() {
    return label;
  }

  /** The profile of that name, spelled exactly so. */
  public static Optional<IssuerProfile> named(String label) {
    return Stream.of(values()).filter(profile -> profile.label.equals(label)).findAny();
  }

  /** The names of all profiles, as a message lists them. */
  public static String labels() {
    return Stream.of(values()).map(IssuerProfile::label).collect(Collectors.joining(", "));
  }

  ProfileRules rules() {
    return switch (this) {
      case RFC9068 -> ProfileRules.rfc9068();
      case KEYCLOAK -> ProfileRules.keycloak();
      case OKTA -> ProfileRules.okta();
      case AUTH0 -> ProfileRules.auth0();
      case ENTRA -> ProfileRules.entra();
      case GOOGLE -> ProfileRules.google();
      case GITHUB -> ProfileRules.github();
      case KUBERNETES -> ProfileRules.kubernetes();
      case COGNITO -> ProfileRules.cognito();
      case SPIFFE -> ProfileRules.spiffe();
      case AWS -> ProfileRules.aws();
      case ROLECALL -> ProfileRules.rolecall();
    };
  }
}
