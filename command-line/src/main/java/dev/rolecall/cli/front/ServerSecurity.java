package dev.rolecall.cli.front;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options that secure a server's connections: a certificate of its own, or an attestation. */
final class ServerSecurity {

  @ArgGroup(exclusive = true)
  @Nullable TlsOptions tls;

  @Option(
      names = "--attested",
      description =
          "Prove this shell's role in the handshake, and take each caller from the connection:"
              + " no certificate authority, no file, no proof per call.")
  boolean attested;

  /** The options of the certificate; the defaults where none was given. */
  TlsOptions tls() {
    return tls == null ? new TlsOptions() : tls;
  }
}
