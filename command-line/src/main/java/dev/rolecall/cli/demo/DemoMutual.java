package dev.rolecall.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rolecall.access.AuditRules;
import dev.rolecall.access.audit.AuditCondition;
import dev.rolecall.access.audit.AuditRecord;
import dev.rolecall.cli.connect.ClientEnd;
import dev.rolecall.cli.echo.EchoGrpc;
import dev.rolecall.cli.echo.SayRequest;
import dev.rolecall.cli.scene.SceneSts;
import dev.rolecall.cli.server.EchoServer;
import dev.rolecall.guard.CallGuard;
import dev.rolecall.identity.Audience;
import dev.rolecall.identity.Partition;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.PolicySource;
import dev.rolecall.policy.document.PolicyDocument;
import dev.rolecall.policy.document.PolicyReading;
import dev.rolecall.tls.AttestationOptions;
import dev.rolecall.tls.AttestedTls;
import dev.rolecall.verifier.StsVerifier;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;

/** The last part of the demo: a server and its callers that prove their roles in the handshake. */
final class DemoMutual implements AutoCloseable {

  private static final Audience ORDERS = Audience.of("orders");
  private static final String ROLE = "arn:aws:iam::111122223333:role/";

  private final DemoServer surroundings;
  private final DemoTable table;
  private final LinkedBlockingQueue<AuditRecord> records = new LinkedBlockingQueue<>();
  private final CallGuard guard;
  private final Server server;

  DemoMutual(DemoServer surroundings, DemoTable table) {
    this.surroundings = surroundings;
    this.table = table;
    guard =
        CallGuard.builder(PolicySource.fixed(policy()))
            .accept(verifier())
            .audit(AuditRules.ofDefaults().to(records::add).on(AuditCondition.BOTH))
            .build();
    InetSocketAddress address = EchoServer.onLoopback(0);
    server =
        EchoServer.start(
            address,
            () ->
                as("inventory", AttestedTls.server(ORDERS))
                    .newServerBuilder(
                        credentials -> NettyServerBuilder.forAddress(address, credentials), guard));
  }

  private static AccessPolicy policy() {
    return PolicyDocument.read("the demo's policy", DemoPolicy.TEXT.getBytes(UTF_8))
        .fold(
            PolicyReading.Loaded::policy,
            rejected -> {
              throw new IllegalStateException("the demo's policy: " + rejected.problems());
            });
  }

  private StsVerifier verifier() {
    return StsVerifier.forAudience(ORDERS)
        .acceptCustomEndpoint(surroundings.sts(), SceneSts.REGION, Partition.AWS);
  }

  private <B extends AttestationOptions<B>> B as(String role, B options) {
    return options
        .credentialsProvider(
            StaticCredentialsProvider.create(SceneSts.keys(surroundings.add(ROLE + role))))
        .endpoint(surroundings.sts(), Region.of(SceneSts.REGION));
  }

  void run() throws InterruptedException {
    call("checkout", "inventory");
    call("reporting", "inventory");
    call("checkout", "warehouse");
  }

  private void call(String caller, String expected) throws InterruptedException {
    try (ClientEnd client =
        ClientEnd.attested(
            as(caller, AttestedTls.channel(ORDERS)).expectServerRoles(ROLE + expected),
            verifier())) {
      ManagedChannel channel = client.channel("127.0.0.1:" + server.getPort());
      try {
        var unused =
            EchoGrpc.newBlockingStub(channel).say(SayRequest.newBuilder().setText("hello").build());
      } catch (StatusRuntimeException refusal) {
        // Refusals are to be seen; the row is made of what the server decided, if it was asked.
      } finally {
        channel.shutdownNow();
        channel.awaitTermination(10, TimeUnit.SECONDS);
      }
    }
    print(caller + ", to " + expected, Optional.ofNullable(records.poll()));
  }

  /** The server writes its record before it answers, so a call without one was never sent. */
  private void print(String caller, Optional<AuditRecord> decided) {
    String decision = decided.map(DemoCalls::decision).orElse("not sent");
    String reason = decided.map(DemoCalls::reason).orElse("server of another role");
    table.print(
        new DemoTable.Row(
            caller, "Say", decision, reason, Optional.empty(), surroundings.stsCalls()));
  }

  @Override
  public void close() {
    server.shutdownNow();
    guard.close();
  }
}
