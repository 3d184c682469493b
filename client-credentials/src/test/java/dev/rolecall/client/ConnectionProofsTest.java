package dev.rolecall.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.identity.Audience;
import dev.rolecall.identity.BindingHash;
import dev.rolecall.proof.ProofBinding;
import io.grpc.Attributes;
import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;

@Tag("attack")
final class ConnectionProofsTest {

  private final ProofSource source =
      ProofSource.builder(Audience.of("orders"))
          .region(Region.EU_WEST_1)
          .credentialsProvider(new FakeCredentials())
          .build();
  private final ConnectionProofs proofs = new ConnectionProofs(source, false);

  @AfterEach
  void close() {
    source.close();
  }

  @Test
  void on_certificateShown_isBoundToTheLeaf() {
    Attributes connection =
        FakeConnection.attributes(
            FakeConnection.showing(
                new AtomicInteger(), FakeConnection.leaf(), certificate("the issuer")));

    assertThat(proofs.on(connection)).isSameAs(source.renewing(channel()));
  }

  @Test
  void on_secondCallOfAConnection_doesNotHashAgain() {
    AtomicInteger asked = new AtomicInteger();
    Attributes connection =
        FakeConnection.attributes(FakeConnection.showing(asked, FakeConnection.leaf()));

    assertThat(proofs.on(connection)).isSameAs(proofs.on(connection));
    assertThat(asked).hasValue(1);
  }

  @Test
  void on_twoConnectionsToOneServer_shareAProof() {
    assertThat(proofs.on(FakeConnection.tls().getTransportAttrs()))
        .isSameAs(proofs.on(FakeConnection.tls().getTransportAttrs()));
  }

  @Test
  void on_moreConnectionsThanSlots_eachHasItsOwnServersProof() {
    List<Attributes> connections = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      connections.add(
          FakeConnection.attributes(
              FakeConnection.showing(new AtomicInteger(), certificate("server " + i))));
    }

    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < connections.size(); i++) {
        BindingHash hash = BindingHash.of(("server " + i).getBytes(StandardCharsets.UTF_8));
        assertThat(proofs.on(connections.get(i)))
            .isSameAs(source.renewing(new ProofBinding.Channel(hash)));
      }
    }
  }

  @Test
  void on_noSession_isBearer() {
    assertThat(proofs.on(Attributes.EMPTY)).isSameAs(source.renewing(ProofBinding.bearer()));
  }

  @Test
  void on_sessionWithoutCertificate_isBearer() {
    Attributes unverified = FakeConnection.attributes(FakeConnection.unverified());
    Attributes empty = FakeConnection.attributes(FakeConnection.showing(new AtomicInteger()));

    assertThat(proofs.on(unverified)).isSameAs(source.renewing(ProofBinding.bearer()));
    assertThat(proofs.on(empty)).isSameAs(source.renewing(ProofBinding.bearer()));
  }

  @Test
  void on_sessionThatThrows_isNotTakenForBearer() {
    Attributes broken =
        FakeConnection.attributes(
            FakeConnection.session(
                () -> {
                  throw new IllegalStateException("broken");
                }));

    assertThatThrownBy(() -> proofs.on(broken)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void on_bearerAlways_asksForNoCertificate() {
    AtomicInteger asked = new AtomicInteger();
    Attributes connection =
        FakeConnection.attributes(FakeConnection.showing(asked, FakeConnection.leaf()));

    assertThat(new ConnectionProofs(source, true).on(connection))
        .isSameAs(source.renewing(ProofBinding.bearer()));
    assertThat(asked).hasValue(0);
  }

  private static ProofBinding channel() {
    return new ProofBinding.Channel(new BindingHash(FakeConnection.LEAF_HASH));
  }

  private static Certificate certificate(String text) {
    return FakeConnection.certificate(text.getBytes(StandardCharsets.UTF_8));
  }
}
