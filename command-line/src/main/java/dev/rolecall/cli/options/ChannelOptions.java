package dev.rolecall.cli.options;

import dev.rolecall.cli.connect.ChannelSecurity;
import dev.rolecall.cli.connect.TrustedCertificates;
import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that secure a call's connection. At most one of them is given. */
final class ChannelOptions {

  @Option(
      names = "--trust-cert",
      paramLabel = "FILE",
      description =
          "Trust the certificates in this PEM file, such as the one 'serve --write-cert' wrote,"
              + " and no others.")
  @Nullable Path trusted;

  @Option(
      names = "--attested",
      description =
          "Prove this shell's role in the handshake, and send nothing to a server whose role is not"
              + " expected: no certificate authority, no proof per call. Needs"
              + " --expect-server-role.")
  boolean attested;

  @Option(
      names = "--plaintext",
      description = "Call without TLS: anyone on the way can read the proof and use it.")
  boolean plaintext;

  /** Ordinary TLS, unless an option says otherwise. */
  ChannelSecurity security() {
    if (attested) {
      return ChannelSecurity.ATTESTED_TLS;
    }
    return plaintext ? ChannelSecurity.PLAINTEXT : ChannelSecurity.TLS;
  }

  /** The credentials of a channel whose calls bring a proof each. */
  ChannelCredentials credentials() {
    return plaintext
        ? InsecureChannelCredentials.create()
        : TrustedCertificates.credentials(Optional.ofNullable(trusted));
  }
}
