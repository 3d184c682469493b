package dev.rolecall.cli.schemes;

import java.nio.file.Path;
import java.util.List;

/**
 * The authorities whose clients a server's TLS asks for a certificate.
 *
 * @param bundles the files of their certificates, PEM; at least one
 * @param callFirst whether the credential of a call counts before the certificate
 */
public record ClientAuthorities(List<Path> bundles, boolean callFirst) {

  /** Copies. */
  public ClientAuthorities {
    bundles = List.copyOf(bundles);
  }
}
