package dev.rolecall.tests.access;

import static org.awaitility.Awaitility.await;

import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.client.IamCallCredentials;
import dev.rolecall.grants.GrantFeed;
import dev.rolecall.identity.Partition;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.PolicySource;
import dev.rolecall.policy.document.PolicyDocument;
import dev.rolecall.policy.document.PolicyReading;
import dev.rolecall.service.AccessServer;
import dev.rolecall.service.store.sqlite.SqliteStore;
import dev.rolecall.stsemulator.EmulatedCredentials;
import dev.rolecall.stsemulator.EmulatedPrincipal;
import dev.rolecall.stsemulator.PermissionSet;
import dev.rolecall.tests.fixture.Bench;
import dev.rolecall.tests.fixture.GuardedServer;
import dev.rolecall.testsupport.Termination;
import dev.rolecall.testsupport.TestCertificate;
import dev.rolecall.verifier.StsVerifier;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A node of the access service with a store in a folder, and a guarded server that follows it, both
 * over TLS and by real proofs. The bench closes them.
 */
final class AccessBench {

  static final PermissionSet ENGINEER = PermissionSet.of("111122223333", "Engineer");
  static final PermissionSet LEAD = PermissionSet.of("111122223333", "Lead");
  static final String ROLE = "arn:aws:iam::111122223333:role/";

  /** The role of the guarded server. */
  static final String ENFORCER = ROLE + "orders";

  /** The role of an administrator of the service. */
  static final String ADMIN = ROLE + "security";

  private static final String AUDIENCE = "access";

  private static final String RULES =
      """
      directories:
        - name: corp
          roles:
            - {account: "111122223333", permission_set: Engineer, role_id: %s}
            - {account: "111122223333", permission_set: Lead, role_id: %s}
      rules:
        - permission: orders-admin
          requesters: [{directory: corp}]
          reviewers: [{directory: corp}]
          quorum: 2
          max_duration: 4h
          require: [reason]
        - permission: region-admin
          requesters: [{directory: corp, permission_set: Engineer}]
          reviewers: [{directory: corp, permission_set: Lead}]
          max_duration: 1h
          resources: ["orders/{region}"]
      admins: [{role: "%s"}]
      enforcers: ["%s"]
      """
          .formatted(ENGINEER.roleId(), LEAD.roleId(), ADMIN, ENFORCER);

  private static final String POLICY =
      """
      name: orders
      allow_rules:
        - name: engineers administer
          source: {principals: ["sso:111122223333:Engineer"], requires_grant: orders-admin}
          request: {paths: ["/rolecall.tests.Echo/Chat"]}
        - name: engineers administer a region
          source:
            principals: ["sso:111122223333:Engineer"]
            requires_grant: {permission: region-admin, resource: "orders/{header:x-region}"}
          request: {paths: ["/rolecall.tests.Echo/Say"]}
      """;

  private final Bench bench;
  private final AccessServer node;
  private final ManagedChannel access;
  private final ManagedChannel orders;

  private AccessBench(Bench bench, Path folder) throws IOException {
    this.bench = bench;
    this.node =
        bench.closing(
            AccessServer.builder(
                    Files.writeString(folder.resolve("access.yaml"), RULES),
                    SqliteStore.in(folder.resolve("data")))
                .accept(
                    StsVerifier.forAudience(AUDIENCE)
                        .acceptCustomEndpoint(
                            bench.sts().endpoint(), Bench.REGION.id(), Partition.AWS)
                        .lookUpTimeout(Bench.LOOK_UP_TIMEOUT))
                .runtime(AccessRuntime.builder().openTelemetry(bench.telemetry().sdk()).build())
                .start());
    Server service = served();
    this.access = channel(service.getPort());
    this.orders = channel(guarded(service.getPort()).port());
    await().atMost(Duration.ofMinutes(1)).until(() -> node.subscribers() == 1);
  }

  /** The two servers, once the guarded one follows the other. */
  static AccessBench start(Bench bench, Path folder) throws IOException {
    return new AccessBench(bench, folder);
  }

  private Server served() throws IOException {
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                bench.certificate().ofServer())
            .intercept(node.guard());
    node.services().forEach(builder::addService);
    Server server = builder.build().start();
    bench.closing(
        () -> {
          node.stop();
          server.shutdownNow();
          Termination.of("the access service", server::awaitTermination);
        });
    return server;
  }

  private GuardedServer guarded(int port) {
    GrantFeed feed =
        GrantFeed.follow("127.0.0.1:" + port, TestCertificate.trusting(bench.certificate()))
            .callCredentials(proofs(bench.role(ENFORCER), AUDIENCE))
            .name("orders-1");
    return bench
        .server()
        .policy(PolicySource.fixed(policy()))
        .guarding(guard -> guard.grants(feed))
        .start();
  }

  private static AccessPolicy policy() {
    return PolicyDocument.read("the test's policy", POLICY.getBytes(StandardCharsets.UTF_8))
        .fold(
            PolicyReading.Loaded::policy,
            rejected -> {
              throw new AssertionError(rejected.problems().toString());
            });
  }

  private ManagedChannel channel(int port) {
    ManagedChannel channel =
        Grpc.newChannelBuilderForAddress(
                "127.0.0.1", port, TestCertificate.trusting(bench.certificate()))
            .build();
    bench.closing(
        () -> {
          channel.shutdownNow();
          Termination.of("a channel", channel::awaitTermination);
        });
    return channel;
  }

  private IamCallCredentials proofs(EmulatedCredentials keys, String audience) {
    return bench.closing(
        IamCallCredentials.builder(audience)
            .credentialsProvider(Bench.provider(keys))
            .endpoint(bench.sts().endpoint(), Bench.REGION)
            .clock(bench.clock())
            .build());
  }

  /** A person in a session of a permission set. */
  Person person(PermissionSet set, String name) {
    return caller(set.user(name));
  }

  /** A session of a role. */
  Person role(String arn) {
    return caller(EmulatedPrincipal.of(arn));
  }

  /** A caller at both servers. */
  Person caller(EmulatedPrincipal principal) {
    EmulatedCredentials keys = bench.principal(principal);
    return new Person(access, proofs(keys, AUDIENCE), orders, proofs(keys, Bench.AUDIENCE));
  }

  /** What the store holds now. */
  StoredState stored() {
    return StoredState.of(node.store());
  }
}
