package dev.rolecall.cli.demo;

import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.cli.echo.EchoGrpc;
import dev.rolecall.cli.proxy.Identity;
import dev.rolecall.cli.scene.SceneFiles;
import dev.rolecall.cli.scene.SceneSts;
import dev.rolecall.cli.server.EchoServer;
import dev.rolecall.cli.server.ServerCertificate;
import dev.rolecall.client.IamCallCredentials;
import dev.rolecall.guard.CallGuard;
import dev.rolecall.identity.Audience;
import dev.rolecall.jwt.key.Algorithm;
import dev.rolecall.jwt.key.KeySet;
import dev.rolecall.jwt.ring.SigningKeys;
import dev.rolecall.policy.document.PolicyFile;
import dev.rolecall.proxy.relay.RelayServer;
import dev.rolecall.proxy.relay.Route;
import dev.rolecall.proxy.relay.Upstream;
import dev.rolecall.stsemulator.EmulatedPrincipal;
import dev.rolecall.stsemulator.StsEmulator;
import dev.rolecall.txntoken.TransactionTokenMint;
import dev.rolecall.txntoken.TrustDomain;
import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The parts of the demo of the relay: a service without Rolecall, the relay in front of it, and the
 * emulator.
 */
final class RelayScene implements AutoCloseable {

  static final String DOMAIN = "demo";
  static final String ORDERS = "orders";
  static final String CHECKOUT = "arn:aws:iam::111122223333:role/checkout";
  static final String REPORTING = "arn:aws:iam::111122223333:role/reporting";

  private static final String POLICY =
      """
      name: orders
      allow_rules:
        - name: checkout speaks
          source: {principals: ["%s"]}
          request: {paths: ["/rolecall.demo.v1.Echo/*"]}
      """;

  private final Deque<Closing> open = new ArrayDeque<>();
  private final StsEmulator sts;
  private final PlainService service;
  private final Path file;
  private final PolicyFile policy;
  private final TransactionTokenMint mint;
  private final ManagedChannel direct;
  private final ManagedChannel relayed;

  private RelayScene() throws IOException {
    SceneFiles files = new SceneFiles();
    open.push(files::close);
    sts = StsEmulator.start();
    open.push(sts::close);
    service = PlainService.start();
    open.push(service::close);
    file = files.write("orders.yaml", POLICY.formatted(CHECKOUT));
    policy = PolicyFile.follow(file);
    AccessRuntime runtime = AccessRuntime.builder().build();
    mint =
        TransactionTokenMint.builder(
                new TrustDomain(DOMAIN),
                "rolecall-relay",
                SigningKeys.inMemory(Algorithm.RS256, new SecureRandom()),
                runtime)
            .build();
    Identity identity = Identity.withTokens(mint, runtime, true);
    open.push(identity::close);
    ServerCertificate certificate =
        ServerCertificate.forThisRun(Clock.systemUTC(), new SecureRandom());
    RelayServer relay = relay(certificate, identity);
    direct = channel(service.port(), InsecureChannelCredentials.create());
    relayed = channel(relay.port(), certificate.clientCredentials());
  }

  static RelayScene open() throws IOException {
    return new RelayScene();
  }

  private RelayServer relay(ServerCertificate certificate, Identity identity) throws IOException {
    CallGuard guard = CallGuard.builder(policy).accept(SceneSts.verifier(sts, ORDERS)).build();
    // It closes the policy.
    open.push(guard::close);
    RelayServer relay =
        RelayServer.builder(EchoServer.onLoopback(0), certificate.serverCredentials())
            .route(
                Route.builder(ORDERS, guard, Upstream.overPlaintext("127.0.0.1:" + service.port()))
                    .identity(identity.to(Audience.of(ORDERS), false))
                    .build())
            .build()
            .start();
    open.push(relay::close);
    return relay;
  }

  private ManagedChannel channel(int port, ChannelCredentials credentials) {
    ManagedChannel channel =
        Grpc.newChannelBuilderForAddress("127.0.0.1", port, credentials).build();
    open.push(channel::shutdownNow);
    return channel;
  }

  /** The service, for what it was told. */
  PlainService service() {
    return service;
  }

  /** The keys that the relay publishes. */
  KeySet keys() {
    return mint.publishedKeys();
  }

  /** A channel to the relay. */
  ManagedChannel relayed() {
    return relayed;
  }

  /** Calls that pass the relay by: only processes of this machine could make them. */
  EchoGrpc.EchoBlockingStub direct() {
    return EchoGrpc.newBlockingStub(direct);
  }

  /** The proofs of a role. */
  IamCallCredentials proofs(String role) {
    IamCallCredentials proofs = SceneSts.proofs(sts, sts.add(EmulatedPrincipal.of(role)), ORDERS);
    open.push(proofs::close);
    return proofs;
  }

  /** Has the policy allow that role in place of checkout, as an operator would: by its file. */
  void allowInstead(String role) throws IOException {
    Files.writeString(file, POLICY.formatted(role));
    policy.reloadNow();
  }

  /** The end of a part. */
  @FunctionalInterface
  private interface Closing {
    void close() throws IOException;
  }

  @Override
  public void close() throws IOException {
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }
}
