package dev.rolecall.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.AccessControl;
import dev.rolecall.access.ConnectionMemo;
import dev.rolecall.access.Outcome;
import dev.rolecall.access.Refusal;
import dev.rolecall.access.scheme.Connection;
import dev.rolecall.access.scheme.Credential;
import dev.rolecall.identity.BindingHash;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.policy.PolicySource;
import io.grpc.Attributes;
import io.grpc.Grpc;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("attack")
class ConnectionsTest {

  private final FakeScheme scheme = new FakeScheme();
  private final AccessControl access =
      AccessControl.builder(PolicySource.fixed(GuardedServer.denyAll())).accept(scheme).build();
  private final Connections connections = new Connections(access);

  @AfterEach
  void nothingIsLeftRunning() {
    access.close();
  }

  @Test
  void sameTransport_hasOneMemo_andAnEqualOneItsOwn() throws Exception {
    SocketAddress address = new InetSocketAddress(InetAddress.getByName("192.0.2.1"), 1234);
    Attributes one = transport(address);
    Attributes equal = transport(address);
    assertThat(one).isEqualTo(equal);

    assertThat(connections.of(one)).isSameAs(connections.of(one));
    assertThat(connections.of(one)).isNotSameAs(connections.of(equal));
  }

  @Test
  void peer_isItsAddressWithoutThePort() throws Exception {
    assertThat(peer(new InetSocketAddress(InetAddress.getByName("192.0.2.1"), 1234)))
        .isEqualTo("192.0.2.1");
    assertThat(peer(new InetSocketAddress(InetAddress.getByName("2001:db8::1"), 1234)))
        .isEqualTo("2001:db8:0:0:0:0:0:1");
  }

  @Test
  void peerWithoutAnAddress_isUnknown() {
    assertThat(peer(InetSocketAddress.createUnresolved("evil.example", 1))).isEqualTo("unknown");
    assertThat(peer(new SocketAddress() {})).isEqualTo("unknown");
    assertThat(connections.of(Attributes.newBuilder().build()).peer()).isEqualTo("unknown");
  }

  @Test
  void connectionWithoutTls_hasNoCertificates() {
    assertThat(asSchemesSee(Attributes.newBuilder().build()))
        .isEqualTo(Connection.withoutTls("unknown"));
  }

  @Test
  void connectionWithTls_hasTheHashOfTheServersLeaf() {
    byte[] leaf = {1, 2, 3};

    assertThat(asSchemesSee(overTls(new Encoded(leaf), new Encoded(new byte[] {4}))))
        .isEqualTo(new Connection("unknown", Set.of(BindingHash.of(leaf))));
  }

  @Test
  void connectionWhoseCertificateCannotBeHad_hasNone() {
    for (Attributes transport :
        List.of(overTls(new Encoded(null)), overTls(), overTls((Certificate[]) null))) {
      assertThat(asSchemesSee(transport)).isEqualTo(Connection.withoutTls("unknown"));
    }
  }

  /** The connection of a call with a credential that a scheme reads. */
  private Connection asSchemesSee(Attributes transport) {
    ConnectionMemo memo = connections.of(transport);

    Outcome outcome = access.check(access.method("a.B/C", true), memo, Credential.bearer("x"));

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> assertThat(refusal.reason()).isEqualTo(RefusalReason.ISSUER_REFUSED));
    return scheme.connections.get(scheme.connections.size() - 1);
  }

  /** A transport whose server presented that chain. */
  private static Attributes overTls(Certificate @Nullable ... chain) {
    SSLSession session =
        (SSLSession)
            Proxy.newProxyInstance(
                SSLSession.class.getClassLoader(),
                new Class<?>[] {SSLSession.class},
                (proxy, method, arguments) ->
                    switch (method.getName()) {
                      case "getLocalCertificates" -> chain;
                      case "getPeerCertificates" -> throw new SSLPeerUnverifiedException("none");
                      case "hashCode" -> 1;
                      case "equals" -> proxy == arguments[0];
                      default -> throw new UnsupportedOperationException(method.getName());
                    });
    return Attributes.newBuilder().set(Grpc.TRANSPORT_ATTR_SSL_SESSION, session).build();
  }

  /** A certificate that is its bytes alone, or cannot be encoded. */
  private static final class Encoded extends Certificate {

    private static final long serialVersionUID = 1L;
    private final byte @Nullable [] bytes;

    Encoded(byte @Nullable [] bytes) {
      super("X.509");
      this.bytes = bytes;
    }

    @Override
    public byte[] getEncoded() throws CertificateEncodingException {
      if (bytes == null) {
        throw new CertificateEncodingException("the test's");
      }
      return bytes;
    }

    @Override
    public void verify(PublicKey key) {}

    @Override
    public void verify(PublicKey key, String provider) {}

    @Override
    public String toString() {
      return "a certificate";
    }

    @Override
    public PublicKey getPublicKey() {
      throw new UnsupportedOperationException();
    }
  }

  private String peer(SocketAddress address) {
    return connections.of(transport(address)).peer();
  }

  private static Attributes transport(SocketAddress address) {
    return Attributes.newBuilder().set(Grpc.TRANSPORT_ATTR_REMOTE_ADDR, address).build();
  }
}
