package dev.rolecall.cli.connect;

import dev.rolecall.cli.input.PemFile;
import dev.rolecall.cli.input.TrustStore;
import io.grpc.ChannelCredentials;
import io.grpc.TlsChannelCredentials;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The certificates of a PEM file, each of them trusted. Two of one subject count both, as where an
 * authority's key is being replaced; gRPC's own reader keeps the last.
 */
public final class TrustedCertificates {

  private static final String OPTION = "--trust-cert";

  private TrustedCertificates() {}

  /**
   * TLS that trusts the certificates in that file alone; without a file, the platform's
   * authorities.
   */
  public static ChannelCredentials credentials(Optional<Path> file) {
    return file.map(pem -> TrustStore.of(PemFile.certificates(OPTION, pem)))
        .map(trusted -> TlsChannelCredentials.newBuilder().trustManager(trusted).build())
        .orElseGet(TlsChannelCredentials::create);
  }
}
