package dev.rolecall.tokencredentials;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.testsupport.ManualTime;
import dev.rolecall.testsupport.TestCertificate;
import io.grpc.Status;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLServerSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that its certificate proves, and an issuer that a given authority vouches for. */
final class TlsClientTest {

  private final ManualTime time = new ManualTime();
  private final TestCertificate both = TestCertificate.named("checkout");
  private final FakeIssuer issuer = new FakeIssuer(new AskingForCertificates(both.context()));

  @TempDir Path directory;
  private Path key = Path.of("");
  private Path certificate = Path.of("");

  @BeforeEach
  void write() {
    key = directory.resolve("key.pem");
    certificate = directory.resolve("certificate.pem");
    both.writePem(certificate, key);
    issuer.token("one", 600);
  }

  @AfterEach
  void close() {
    issuer.close();
  }

  @Test
  void tlsClient_showsItsCertificate_andNamesItself() {
    try (TokenCallCredentials credentials = credentials(tlsClient(), certificate)) {
      assertThat(FakeCall.of(credentials, Runnable::run).token()).isEqualTo("one");
    }

    FakeIssuer.Request request = issuer.tokenRequests().get(0);
    assertThat(request.certificate()).contains(both.certificate());
    assertThat(request.field("client_id")).isEqualTo("checkout");
    assertThat(request.headers()).doesNotContainKey("authorization");
  }

  @Test
  void otherClient_showsNoCertificate() {
    ClientAuthentication secret = ClientAuthentication.secretPost("checkout", () -> "s3cret");
    try (TokenCallCredentials credentials = credentials(secret, certificate)) {
      assertThat(FakeCall.of(credentials, Runnable::run).token()).isEqualTo("one");
    }

    assertThat(issuer.tokenRequests().get(0).certificate()).isEmpty();
  }

  @Test
  void issuer_ofAnotherAuthority_isSentNothing() throws IOException {
    Path other = directory.resolve("other.pem");
    Files.writeString(other, TestCertificate.generate().pem());

    try (TokenCallCredentials credentials = credentials(tlsClient(), other)) {
      Status status = FakeCall.of(credentials, Runnable::run).status();

      assertThat(status.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
      assertThat(status.getDescription()).contains("127.0.0.1:", "TLS failed");
    }
    assertThat(issuer.requests()).isEmpty();
  }

  @Test
  void files_thatAreReplaced_areUsedWithTheNextToken() throws IOException {
    try (TokenCallCredentials credentials = credentials(tlsClient(), certificate)) {
      assertThat(FakeCall.of(credentials, Runnable::run).token()).isEqualTo("one");
      Files.writeString(key, "s3cret");
      time.advance(Duration.ofMinutes(10));
      Status status = FakeCall.of(credentials, Runnable::run).status();
      assertThat(status.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
      assertThat(status.getDescription()).contains(key.toString(), "PKCS#8");

      Files.writeString(key, both.keyPem());
      time.advance(Duration.ofMinutes(1));
      assertThat(FakeCall.of(credentials, Runnable::run).token()).isEqualTo("one");
    }
    assertThat(issuer.tokenRequests()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "s3cret",
        "-----BEGIN PRIVATE KEY-----\ns3cret==\n-----END PRIVATE KEY-----\n",
        "-----BEGIN RSA PRIVATE KEY-----\nc2Vj\n-----END RSA PRIVATE KEY-----\n",
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\nc2Vj\n-----END ENCRYPTED PRIVATE KEY-----\n"
      })
  void keyFile_malformed_isNamedAndNotQuoted(String content) throws IOException {
    Files.writeString(key, content);

    assertNamed(key);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "s3cret", "-----BEGIN CERTIFICATE-----\ns3cret\n-----END CERTIFICATE-----\n"})
  void certificateFile_malformed_isNamedAndNotQuoted(String content) throws IOException {
    Files.writeString(certificate, content);

    assertNamed(certificate);
  }

  private void assertNamed(Path file) {
    Path authority = directory.resolve("authority.pem");
    try {
      Files.writeString(authority, both.pem());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    try (TokenCallCredentials credentials = credentials(tlsClient(), authority)) {
      Status status = FakeCall.of(credentials, Runnable::run).status();

      assertThat(status.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
      assertThat(status.getDescription())
          .contains(file.toString(), "(expected: ")
          .doesNotContain("s3cret", "c2Vj");
    }
    assertThat(issuer.requests()).isEmpty();
  }

  private ClientAuthentication tlsClient() {
    return ClientAuthentication.tlsClient("checkout", key, certificate);
  }

  private TokenCallCredentials credentials(ClientAuthentication client, Path authority) {
    return TokenCallCredentials.clientCredentials(TokenIssuer.at(issuer.uri("/token")), client)
        .trustedCertificates(authority)
        .clock(time)
        .ticker(time::nanos)
        .build();
  }

  /** Sockets of a server that asks for a client's certificate, and does not insist. */
  private static final class AskingForCertificates extends SSLServerSocketFactory {

    private final SSLServerSocketFactory sockets;

    AskingForCertificates(SSLContext context) {
      this.sockets = context.getServerSocketFactory();
    }

    private static ServerSocket asking(ServerSocket socket) {
      ((SSLServerSocket) socket).setWantClientAuth(true);
      return socket;
    }

    @Override
    public ServerSocket createServerSocket(int port) throws IOException {
      return asking(sockets.createServerSocket(port));
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog) throws IOException {
      return asking(sockets.createServerSocket(port, backlog));
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog, InetAddress address)
        throws IOException {
      return asking(sockets.createServerSocket(port, backlog, address));
    }

    @Override
    public String[] getDefaultCipherSuites() {
      return sockets.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
      return sockets.getSupportedCipherSuites();
    }
  }
}
