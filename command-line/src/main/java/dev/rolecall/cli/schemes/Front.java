package dev.rolecall.cli.schemes;

/** The connections that credentials come over, as far as a scheme needs to know them. */
public enum Front {
  /** A server's, with TLS. */
  TLS,
  /** A server's without TLS, which only this machine reaches. */
  PLAINTEXT,
  /** None: a person holds the credential and asks about it. */
  AT_HAND
}
