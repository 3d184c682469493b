package dev.rolecall.identity;

/**
 * The identity of a caller, whatever credential proved it. An immutable value, compared by all of
 * its parts. A principal of one kind never equals one of another, and no two have one text.
 */
public sealed interface Principal permits IamRole, OidcSubject, SpiffeId, DnsName, ApiClient {

  /** The kind that it is of: the arm of this family. */
  PrincipalKind kind();

  /**
   * The one spelling of the principal: {@code arn:aws:iam::111122223333:role/checkout}, {@code
   * oidc:github:repo:acme/shop}, {@code key:ci}.
   */
  String text();

  /**
   * The name that records are bounded by together, so that one owner of many principals cannot
   * crowd out the rest: the account of a role, the issuer of a subject, the text itself of an API
   * client.
   */
  String group();

  /**
   * The principal of that text, in its one spelling. A role is one of an unknown unique id, since
   * its text does not state it.
   *
   * @throws IllegalArgumentException if the text is no principal's; the message names the text and
   *     the rule
   */
  static Principal parse(String text) {
    return PrincipalText.parse(text);
  }
}
