package dev.rolecall.cli.connect;

import dev.rolecall.apikeys.ApiKey;
import dev.rolecall.jwt.CompactToken;
import dev.rolecall.proof.CallerProof;

/** The kinds of credentials that a caller brings, as a server tells them apart: by their form. */
public enum CredentialKind {
  /** A proof of a role, in a call or in a certificate; or an EKS token. */
  PROOF("proof"),
  /** A signed token: of an OAuth2 or OIDC issuer, or of AWS web identity. */
  JWT("JWT"),
  /** A key of a server's file. */
  API_KEY("API key"),
  /** A text that only its issuer can read. */
  OPAQUE_TOKEN("opaque token");

  private final String label;

  CredentialKind(String label) {
    this.label = label;
  }

  /** The kind of a bearer token of that text. */
  public static CredentialKind of(String text) {
    if (text.startsWith(CallerProof.PREFIX) || text.startsWith(CallerProof.EKS_TOKEN_PREFIX)) {
      return PROOF;
    }
    if (text.startsWith(ApiKey.PREFIX)) {
      return API_KEY;
    }
    return CompactToken.hasShape(text) ? JWT : OPAQUE_TOKEN;
  }

  /** The kind in words. */
  public String label() {
    return label;
  }
}
