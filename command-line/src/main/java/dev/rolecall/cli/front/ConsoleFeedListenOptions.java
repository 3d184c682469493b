package dev.rolecall.cli.front;

import dev.rolecall.cli.arguments.ListenAddress;
import dev.rolecall.cli.failure.CommandFailure;
import io.grpc.ServerCredentials;
import io.grpc.TlsServerCredentials;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of an address of its own at which the console reads decisions, over TLS. */
public final class ConsoleFeedListenOptions {

  @Option(
      names = "--console-feed",
      paramLabel = "ADDRESS:PORT",
      description =
          "Let the console read, at this address and over TLS, what is decided for the default"
              + " audience, by the service rolecall.decisions.v1.Decisions. Only callers whom that"
              + " audience's policy allows its methods may read: it shows them callers, with their"
              + " claims and addresses. Default: off.")
  @Nullable ListenAddress listenOn;

  @Option(
      names = "--console-feed-cert",
      paramLabel = "FILE",
      description =
          "The certificate chain of that address, PEM. Default: one made for this run, for this"
              + " machine's own clients.")
  @Nullable Path certificate;

  @Option(
      names = "--console-feed-key",
      paramLabel = "FILE",
      description = "Its private key, PKCS#8 PEM.")
  @Nullable Path key;

  @Option(
      names = "--console-feed-write-cert",
      paramLabel = "FILE",
      description = "Where to write the certificate made for this run, for clients to trust.")
  @Nullable Path writeCertificate;

  private boolean onlyChecked;

  /** Has no certificate be written from now on. */
  public void onlyCheck() {
    onlyChecked = true;
  }

  /** Whether there is a feed. */
  public boolean isOn() {
    return listenOn != null;
  }

  /**
   * The address; empty if there is no feed.
   *
   * @throws CommandFailure if options contradict one another, or the address has no port
   */
  public Optional<InetSocketAddress> address() {
    if (listenOn == null) {
      if (certificate != null || key != null || writeCertificate != null) {
        throw new CommandFailure(
            "--console-feed-cert, --console-feed-key and --console-feed-write-cert: only with"
                + " --console-feed");
      }
      return Optional.empty();
    }
    int port =
        listenOn
            .port()
            .orElseThrow(
                () ->
                    new CommandFailure(
                        "--console-feed: no port (expected: ADDRESS:PORT, such as"
                            + " 127.0.0.1:7443)"));
    return Optional.of(new InetSocketAddress(listenOn.address(), port));
  }

  /**
   * The TLS of that address.
   *
   * @throws CommandFailure if a file does not do, or options contradict one another
   */
  public ServerCredentials credentials() {
    return presenting().build();
  }

  private TlsServerCredentials.Builder presenting() {
    if (certificate == null && key == null) {
      return PresentedTls.forThisRun(
          "--console-feed-write-cert", onlyChecked ? null : writeCertificate);
    }
    if (certificate == null || key == null || writeCertificate != null) {
      throw new CommandFailure(
          "--console-feed-cert and --console-feed-key: expected both, without"
              + " --console-feed-write-cert");
    }
    return PresentedTls.ofFiles("--console-feed-cert", certificate, "--console-feed-key", key);
  }
}
