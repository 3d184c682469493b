package dev.rolecall.cli.connect;

import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.TlsChannelCredentials;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whom a call's connection trusts: the platform's authorities, unless one of these is given. */
public final class ChannelSecurity {

  @Option(
      names = "--trust-cert",
      paramLabel = "FILE",
      description =
          "Trust the certificates in this PEM file, such as the one 'serve --write-cert' wrote,"
              + " and no others.")
  public @Nullable Path trusted;

  @Option(
      names = "--attested",
      description =
          "Show this shell's role in the handshake, and send nothing to a server whose role is not"
              + " expected: no certificate authority, no proof per call. Needs"
              + " --expect-server-role.")
  public boolean attested;

  @Option(
      names = "--plaintext",
      description = "Call without TLS: anyone on the way can read the proof and use it.")
  public boolean plaintext;

  /** The credentials of a channel whose calls bring a proof each. */
  public ChannelCredentials credentials() {
    if (plaintext) {
      return InsecureChannelCredentials.create();
    }
    if (trusted == null) {
      return TlsChannelCredentials.create();
    }
    return TlsChannelCredentials.newBuilder()
        .trustManager(TrustedCertificates.in("--trust-cert", trusted))
        .build();
  }
}
