package dev.rolecall.tokens.internal.claim;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * The rules by which one kind of issuer writes its tokens.
 *
 * @param types the types of token
 * @param subject the claims of which the first that is present is the subject
 * @param client the claims that name the client
 * @param audience where the audience stands
 * @param idTokens whether ID tokens are what this profile is for
 * @param check what else its claims must say
 */
public record ProfileRules(
    TypeRule types,
    List<String> subject,
    ClientRule client,
    AudiencePlace audience,
    boolean idTokens,
    ProfileCheck check) {

  /** The place of the audience in a token. */
  enum AudiencePlace {
    /** {@code aud}, which must be there. */
    CLAIM,
    /** The client, which must be one of those allowed; {@code aud} too, where it is there. */
    CLIENT
  }

  /** Checks that nothing is absent. */
  public ProfileRules {
    requireNonNull(types, "types");
    subject = List.copyOf(subject);
    requireNonNull(client, "client");
    requireNonNull(audience, "audience");
    requireNonNull(check, "check");
  }

  /** Whether the settings of an issuer must name the clients. */
  public boolean needsClients() {
    return audience == AudiencePlace.CLIENT;
  }

  private static ProfileRules of(TypeRule types, ClientRule client, ProfileCheck check) {
    return new ProfileRules(types, List.of("sub"), client, AudiencePlace.CLAIM, false, check);
  }

  /**
   * RFC 9068: {@code typ} is {@code at+jwt}, and {@code iat} is there.
   *
   * @see <a href="https://www.rfc-editor.org/rfc/rfc9068#section-2.2">RFC 9068, section 2.2</a>
   */
  public static ProfileRules rfc9068() {
    return of(
        TypeRule.of("at+jwt"), ClientRule.optional("client_id", "azp"), ProfileChecks::issuedAt);
  }

  /** Keycloak's own form: the payload's {@code typ} is {@code Bearer}. */
  public static ProfileRules keycloak() {
    return of(TypeRule.of("JWT"), ClientRule.required("client_id", "azp"), ProfileChecks::keycloak);
  }

  /** Okta's custom authorization servers. */
  public static ProfileRules okta() {
    return new ProfileRules(
        TypeRule.ofNoneOr("JWT", "at+jwt"),
        List.of("sub", "cid"),
        ClientRule.required("cid"),
        AudiencePlace.CLAIM,
        false,
        ProfileCheck.none());
  }

  /** Auth0. */
  public static ProfileRules auth0() {
    return of(
        TypeRule.of("JWT", "at+jwt"), ClientRule.required("client_id", "azp"), ProfileCheck.none());
  }

  /** Entra ID, tokens of version 2.0. */
  public static ProfileRules entra() {
    return of(TypeRule.of("JWT"), ClientRule.required("azp"), ProfileChecks::entra);
  }

  /** Google's ID tokens of service accounts and of people. */
  public static ProfileRules google() {
    return new ProfileRules(
        TypeRule.of("JWT"),
        List.of("sub"),
        ClientRule.optional("azp"),
        AudiencePlace.CLAIM,
        true,
        ProfileChecks::google);
  }

  /** GitHub Actions. */
  public static ProfileRules github() {
    return of(TypeRule.of("JWT"), ClientRule.optional(), ProfileChecks::github);
  }

  /** Projected tokens of Kubernetes service accounts. */
  public static ProfileRules kubernetes() {
    return of(TypeRule.ofNoneOr(), ClientRule.optional(), ProfileChecks::kubernetes);
  }

  /** Access tokens of Cognito user pools. */
  public static ProfileRules cognito() {
    return new ProfileRules(
        TypeRule.ofNoneOr(),
        List.of("sub", "client_id"),
        ClientRule.required("client_id"),
        AudiencePlace.CLIENT,
        false,
        ProfileChecks::cognito);
  }

  /** SPIFFE JWT-SVIDs. */
  public static ProfileRules spiffe() {
    return of(TypeRule.ofNoneOr("JWT", "JOSE"), ClientRule.optional(), ProfileCheck.none());
  }

  /** AWS web identity. */
  public static ProfileRules aws() {
    return of(TypeRule.ofNoneOr("JWT", "at+jwt"), ClientRule.optional(), ProfileChecks::issuedAt);
  }

  /** Rolecall's own token exchange. */
  public static ProfileRules rolecall() {
    return of(TypeRule.of("at+jwt"), ClientRule.optional("client_id"), ProfileChecks::issuedAt);
  }

  /** What an issuer says of an opaque token: a client's own token may have no subject. */
  static ProfileRules introspected() {
    return new ProfileRules(
        TypeRule.ofNoneOr(),
        List.of("sub", "client_id"),
        ClientRule.optional("client_id", "azp"),
        AudiencePlace.CLAIM,
        true,
        ProfileCheck.none());
  }
}
