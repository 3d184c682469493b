package dev.rolecall.identity;

import java.util.Locale;

/** The kind of a principal, one for each arm of {@link Principal}. */
public enum PrincipalKind {
  /** An IAM role: {@code arn:aws:iam::111122223333:role/checkout}. */
  IAM_ROLE,
  /** A subject of an issuer of OAuth2 or OIDC tokens: {@code oidc:github:repo:acme/shop}. */
  OIDC_SUBJECT,
  /** A SPIFFE ID: {@code spiffe://example.org/ns/shop/sa/checkout}. */
  SPIFFE_ID,
  /** A DNS name of a client certificate: {@code dns:partners:api.example.com}. */
  DNS_NAME,
  /** A client that has an API key: {@code key:ci}. */
  API_CLIENT;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** The name in lower case, as records write it. */
  public String label() {
    return label;
  }
}
