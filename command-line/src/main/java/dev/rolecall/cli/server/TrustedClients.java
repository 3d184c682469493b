package dev.rolecall.cli.server;

import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.cli.input.PemFile;
import dev.rolecall.cli.input.TrustStore;
import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.TrustManager;

/** The client certificates that a server's TLS takes: those of some authorities. */
public final class TrustedClients {

  private TrustedClients() {}

  /**
   * Trust managers for those authorities, as their files are now.
   *
   * @param bundles files of certificates, PEM
   * @throws CommandFailure if one cannot be read or has no certificate
   */
  public static TrustManager[] of(List<Path> bundles) {
    return TrustStore.of(
        bundles.stream()
            .flatMap(bundle -> PemFile.certificates("--client-ca", bundle).stream())
            .toList());
  }
}
