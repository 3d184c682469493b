package dev.rolecall.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.AccessControl;
import dev.rolecall.access.ConnectionMemo;
import dev.rolecall.access.Outcome;
import dev.rolecall.access.Refusal;
import dev.rolecall.access.scheme.Connection;
import dev.rolecall.access.scheme.Credential;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.policy.PolicySource;
import io.grpc.Attributes;
import io.grpc.Grpc;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
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
    ConnectionMemo memo = connections.of(Attributes.newBuilder().build());

    Outcome outcome = access.check(access.method("a.B/C", true), memo, Credential.bearer("x"));

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> assertThat(refusal.reason()).isEqualTo(RefusalReason.ISSUER_REFUSED));
    assertThat(scheme.connections).containsExactly(Connection.withoutTls("unknown"));
  }

  private String peer(SocketAddress address) {
    return connections.of(transport(address)).peer();
  }

  private static Attributes transport(SocketAddress address) {
    return Attributes.newBuilder().set(Grpc.TRANSPORT_ATTR_REMOTE_ADDR, address).build();
  }
}
