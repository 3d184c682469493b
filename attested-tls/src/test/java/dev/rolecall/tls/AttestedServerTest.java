package dev.rolecall.tls;

import static dev.rolecall.tls.Surroundings.CHECKOUT;
import static dev.rolecall.tls.Surroundings.ORDERS_SERVER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.guard.CallGuard;
import dev.rolecall.identity.RefusalReason;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.TlsServerCredentials;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The parts of a server that a framework builds: together, and each alone. */
final class AttestedServerTest {

  private static final TlsProvider PROVIDER = TlsProvider.JDK;

  @RegisterExtension final Surroundings around = new Surroundings();

  private CallGuard guard() {
    return around.closing(around.guard(Surroundings.everythingFor(CHECKOUT)).build());
  }

  private TestCaller callerOf(ServerBuilder<?> builder, AttestedChannel client) throws IOException {
    Server server = builder.addService(new Greeter()).build().start();
    around.closing(() -> Surroundings.end(server));
    return new TestCaller(
        around.closingChannel(PROVIDER.channel(server.getPort(), client.credentials()).build()));
  }

  @Test
  void parts_together_admitByTheRoleOfTheConnection() throws Exception {
    AttestedServer parts = around.server(ORDERS_SERVER).start(guard());
    ServerBuilder<?> builder = PROVIDER.server(parts.credentials());
    parts.attachTo(builder);

    assertThat(callerOf(builder, around.started(around.client(CHECKOUT))).greet())
        .isEqualTo(CHECKOUT + " by PEER_CERTIFICATE");
  }

  @Test
  void credentials_withTheGuardAlone_admitNoCallByItsConnection() throws Exception {
    CallGuard guard = guard();
    AttestedServer parts = around.server(ORDERS_SERVER).start(guard);
    ServerBuilder<?> builder = PROVIDER.server(parts.credentials()).intercept(guard);

    TestCaller caller = callerOf(builder, around.started(around.client(CHECKOUT)));

    assertThat(caller.refused().getDescription())
        .isEqualTo(RefusalReason.CREDENTIAL_MISSING.statusDescription());
  }

  @Test
  void attachment_toAServerWithOtherCredentials_refusesCallProofsToo() throws Exception {
    OrdinaryCertificate other = OrdinaryCertificate.forLocalhost();
    AttestedServer parts = around.server(ORDERS_SERVER).start(guard());
    ServerBuilder<?> builder =
        PROVIDER.server(TlsServerCredentials.newBuilder().keyManager(other.keys()).build());
    parts.attachTo(builder);

    TestCaller caller =
        callerOf(
            builder,
            around.started(
                around
                    .client(Surroundings.AUDIENCE, CHECKOUT)
                    .trustServersOfCertificateAuthorities(other.trust())));

    assertThat(caller.with(around.callProofs(CHECKOUT)).refused().getDescription())
        .isEqualTo(RefusalReason.CREDENTIAL_MISSING.statusDescription());
  }

  @Test
  void guard_closed_endsTheRenewals() {
    CallGuard guard = guard();
    AttestedServer unused = around.server(ORDERS_SERVER).start(guard);
    assertThat(around.renewals()).hasSize(1);

    guard.close();

    assertThat(around.renewals()).isEmpty();
  }
}
