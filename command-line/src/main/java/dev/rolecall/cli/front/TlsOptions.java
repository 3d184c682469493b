package dev.rolecall.cli.front;

import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.cli.schemes.ClientAuthorities;
import dev.rolecall.cli.server.TrustedClients;
import io.grpc.InsecureServerCredentials;
import io.grpc.ServerCredentials;
import io.grpc.TlsServerCredentials;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/**
 * The options of the certificate that a server presents. There are three ways; the last has a name
 * that warns.
 */
public final class TlsOptions {

  @ArgGroup(exclusive = false)
  @Nullable OwnCertificate own;

  @Option(
      names = "--write-cert",
      paramLabel = "FILE",
      description =
          "Where to write, in PEM form, the certificate made for this run, for clients to trust."
              + " It is made when no other is given.")
  @Nullable Path writeCertificate;

  @Option(
      names = "--plaintext",
      description =
          "Serve without TLS: anyone who reads the loopback can use the proofs. Proofs are then"
              + " bound to the audience alone.")
  boolean plaintext;

  /** A certificate and key that the user provides. */
  static final class OwnCertificate {
    @Option(
        names = "--tls-cert",
        required = true,
        paramLabel = "FILE",
        description = "The server's certificate chain, PEM.")
    Path certificate;

    @Option(
        names = "--tls-key",
        required = true,
        paramLabel = "FILE",
        description = "Its private key, PKCS#8 PEM.")
    Path key;
  }

  /** Whether there is to be no TLS. */
  public boolean isPlaintext() {
    return plaintext;
  }

  /**
   * Has no certificate be written. A check of options must leave alone what clients trust while
   * another process runs by the same options.
   */
  public void onlyCheck() {
    writeCertificate = null;
  }

  /**
   * Checks that proofs do not travel in plain text over a network.
   *
   * @throws CommandFailure if they would
   */
  public void requireSafe(InetAddress listen) {
    if (plaintext && !listen.isLoopbackAddress()) {
      throw new CommandFailure(
          "--listen "
              + listen.getHostAddress()
              + " and --plaintext: anyone on the way could read the proofs and use them");
    }
  }

  /**
   * The credentials of a server whose callers bring a credential with each call, or a certificate.
   *
   * @param clients the authorities whose clients are asked for a certificate; empty for none
   */
  public ServerCredentials credentials(Optional<ClientAuthorities> clients) {
    return plaintext ? InsecureServerCredentials.create() : asking(clients, presenting());
  }

  private static ServerCredentials asking(
      Optional<ClientAuthorities> clients, TlsServerCredentials.Builder tls) {
    clients.ifPresent(
        authorities -> {
          tls.trustManager(TrustedClients.of(authorities.bundles()));
          tls.clientAuth(TlsServerCredentials.ClientAuth.OPTIONAL);
        });
    return tls.build();
  }

  /** TLS with the server's certificate. */
  private TlsServerCredentials.Builder presenting() {
    return own == null
        ? PresentedTls.forThisRun("--write-cert", writeCertificate)
        : PresentedTls.ofFiles("--tls-cert", own.certificate, "--tls-key", own.key);
  }
}
