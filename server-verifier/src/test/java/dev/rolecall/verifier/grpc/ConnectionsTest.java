package dev.rolecall.verifier.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.identity.BindingHash;
import dev.rolecall.testsupport.ManualTime;
import dev.rolecall.verifier.Connection;
import io.grpc.Attributes;
import io.grpc.Grpc;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("attack")
class ConnectionsTest {

  private final ManualTime clock = new ManualTime();
  private final Connections connections = new Connections(clock);

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

    assertThat(connections.describe(memo)).isEqualTo(Connection.withoutTls("unknown"));
  }

  @Test
  void certificates_areThoseOfTheLastProofLife() {
    PresentedCertificates presented = new PresentedCertificates(clock);
    BindingHash old = BindingHash.of(new byte[] {1});
    BindingHash current = BindingHash.of(new byte[] {2});
    presented.with(old);

    clock.advance(PresentedCertificates.MEMORY);
    assertThat(presented.with(current)).isEqualTo(Set.of(old, current));

    clock.advance(Duration.ofMillis(1));
    assertThat(presented.with(current)).isEqualTo(Set.of(current));
  }

  @Test
  void certificates_areBounded_andTheLongestUnseenGoesFirst() {
    PresentedCertificates presented = new PresentedCertificates(clock);
    for (int i = 0; i <= PresentedCertificates.MAX; i++) {
      presented.with(BindingHash.of(new byte[] {(byte) i}));
      clock.advance(Duration.ofSeconds(1));
    }

    assertThat(presented.with(BindingHash.of(new byte[] {(byte) PresentedCertificates.MAX})))
        .hasSize(PresentedCertificates.MAX)
        .doesNotContain(BindingHash.of(new byte[] {0}));
  }

  private String peer(SocketAddress address) {
    return connections.of(transport(address)).peer();
  }

  private static Attributes transport(SocketAddress address) {
    return Attributes.newBuilder().set(Grpc.TRANSPORT_ATTR_REMOTE_ADDR, address).build();
  }
}
