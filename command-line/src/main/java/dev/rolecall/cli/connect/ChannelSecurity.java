package dev.rolecall.cli.connect;

/** The way in which a call's connection is to be secured. */
public enum ChannelSecurity {
  /** TLS, whose server has an ordinary certificate. */
  TLS,
  /** Attested TLS: both ends prove their roles in the handshake. */
  ATTESTED_TLS,
  /** No TLS. */
  PLAINTEXT
}
