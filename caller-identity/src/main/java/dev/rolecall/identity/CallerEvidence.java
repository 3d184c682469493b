package dev.rolecall.identity;

import java.util.Locale;

/** What a caller showed that STS confirmed. */
public enum CallerEvidence {
  /** A proof in the call's metadata. */
  CALL_PROOF,
  /** A proof in the certificate of the connection's TLS handshake, bound to the key held there. */
  ATTESTED_CERTIFICATE;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** The name in lower case, as records write it. */
  public String label() {
    return label;
  }
}
