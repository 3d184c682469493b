package dev.rolecall.tls;

import static dev.rolecall.tls.Surroundings.AUDIENCE;
import static dev.rolecall.tls.Surroundings.CHECKOUT;
import static dev.rolecall.tls.Surroundings.ORDERS_SERVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import java.io.IOException;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The refusal of anything older than TLS 1.3, at either end. */
@Tag("attack")
final class TlsVersionsTest {

  private static final String OLD = "TLSv1.2";

  @RegisterExtension final Surroundings around = new Surroundings();

  private static SSLContext context(FixedKeys keys) throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(new KeyManager[] {keys}, new TrustManager[] {new CountingTrust()}, null);
    return context;
  }

  @ParameterizedTest
  @EnumSource
  void client_ofTls12_isTurnedAway(TlsProvider provider) throws Exception {
    RunningServer server =
        around.start(
            provider, around.server(ORDERS_SERVER).acceptCallProofsFromClientsWithoutCertificate());
    FixedKeys keys = new FixedKeys(Forgery.attestation(around.proofs(AUDIENCE, CHECKOUT)));

    try (SSLSocket socket =
        (SSLSocket)
            context(keys)
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setEnabledProtocols(new String[] {OLD});

      assertThatThrownBy(socket::startHandshake).isInstanceOf(IOException.class);
    }
    assertThat(server.connections()).isZero();
    assertThat(around.asked()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void server_ofTls12_isLeft_andNothingIsSent(TlsProvider provider) throws Exception {
    FixedKeys keys = new FixedKeys(Forgery.attestation(around.proofs(AUDIENCE, ORDERS_SERVER)));
    try (SSLServerSocket listening =
        (SSLServerSocket)
            context(keys)
                .getServerSocketFactory()
                .createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      SSLParameters parameters = listening.getSSLParameters();
      parameters.setProtocols(new String[] {OLD});
      // Without it gRPC would leave for that reason.
      parameters.setApplicationProtocols(new String[] {"h2"});
      listening.setSSLParameters(parameters);
      // Not the common pool, whose tasks may run on a thread that waits for another of its tasks.
      CompletableFuture<Integer> firstByte = new CompletableFuture<>();
      new Thread(() -> firstByte.complete(read(listening)), "server").start();
      TestCaller caller =
          new TestCaller(
              around.closingChannel(
                  provider
                      .channel(
                          listening.getLocalPort(),
                          around.started(around.client(CHECKOUT)).credentials())
                      .build()));

      assertThat(caller.refused().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
      assertThat(firstByte.join())
          .as("what was read, or -2 for a handshake that failed")
          .isNegative();
      assertThat(around.asked()).isZero();
    }
  }

  private static int read(SSLServerSocket listening) {
    try (SSLSocket socket = (SSLSocket) listening.accept()) {
      return socket.getInputStream().read();
    } catch (IOException e) {
      return -2;
    }
  }
}
