package dev.rolecall.cli.front;

import picocli.CommandLine.Option;

/** The options that secure a server's connections: a certificate of its own, or an attestation. */
final class ServerSecurity extends TlsOptions {

  @Option(
      names = "--attested",
      description =
          "Prove this shell's role in the handshake, and take each caller from the connection:"
              + " no certificate authority, no file, no proof per call.")
  boolean attested;
}
