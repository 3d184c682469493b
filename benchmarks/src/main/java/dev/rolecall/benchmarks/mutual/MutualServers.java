package dev.rolecall.benchmarks.mutual;

import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.benchmarks.fleet.CallerKeys;
import dev.rolecall.benchmarks.fleet.EchoServer;
import dev.rolecall.benchmarks.fleet.Orders;
import dev.rolecall.benchmarks.fleet.RunCertificate;
import dev.rolecall.guard.CallGuard;
import dev.rolecall.policy.PolicySource;
import dev.rolecall.stsemulator.Fault;
import dev.rolecall.stsemulator.StsEmulator;
import dev.rolecall.tls.AttestedChannel;
import dev.rolecall.tls.AttestedServerBuilder;
import dev.rolecall.tls.AttestedTls;
import io.grpc.ChannelCredentials;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Three servers: one with attested TLS and a guard, and two copies of one with ordinary
 * certificates and nothing else. Those are trusted as they are: no authority's signature has to be
 * verified, so that nothing is cheaper.
 */
final class MutualServers implements AutoCloseable {

  private static final String SERVER = "arn:aws:iam::111122223333:role/orders-server";

  private final RunCertificate certificate;
  private final StsEmulator sts = StsEmulator.start();
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final EchoServer plain;
  private final EchoServer plainAgain;
  private final EchoServer attested;

  MutualServers(RunCertificate certificate) throws GeneralSecurityException {
    this.certificate = certificate;
    this.plain = EchoServer.start(certificate.ofServerOfKnownClients());
    this.plainAgain = EchoServer.start(certificate.ofServerOfKnownClients());
    this.attested = attestedServer();
  }

  private EchoServer attestedServer() {
    CallGuard guard =
        CallGuard.builder(PolicySource.fixed(Orders.policy()))
            .accept(Orders.verifier(sts.endpoint()))
            .build();
    AttestedServerBuilder tls =
        AttestedTls.server(Orders.AUDIENCE.name())
            .credentialsProvider(CallerKeys.of(sts.addRole(SERVER)).provider())
            .endpoint(sts.endpoint(), Orders.REGION);
    return EchoServer.start(transport -> tls.newServerBuilder(transport, guard))
        .closing(guard::close);
  }

  EchoServer plain() {
    return plain;
  }

  EchoServer plainAgain() {
    return plainAgain;
  }

  EchoServer attested() {
    return attested;
  }

  /** Credentials of a channel to one of the plain servers. */
  ChannelCredentials plainClient() {
    try {
      return certificate.ofKnownClient();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a certificate that was just made", e);
    }
  }

  /** A client of the attested server; neither end has verified the other yet. */
  AttestedChannel newClient() {
    return AttestedTls.channel(Orders.AUDIENCE.name())
        .expectServerRoles(SERVER)
        .credentialsProvider(CallerKeys.of(sts.addRole(Orders.CHECKOUT)).provider())
        .endpoint(sts.endpoint(), Orders.REGION)
        .verifier(Orders.verifier(sts.endpoint()))
        .runtime(AccessRuntime.builder().scheduler(timer).build())
        .start();
  }

  /** Has STS answer that late from now on. */
  void delaySts(Duration delay) {
    sts.fail(Fault.delayed(delay));
  }

  /** How often STS was asked so far. */
  long stsCalls() {
    return sts.requests().total();
  }

  @Override
  public void close() {
    attested.close();
    plainAgain.close();
    plain.close();
    timer.shutdownNow();
    sts.close();
  }
}
