package dev.rolecall.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rolecall.access.AuditRules;
import dev.rolecall.access.audit.AuditCondition;
import dev.rolecall.access.audit.AuditRecord;
import dev.rolecall.access.grant.GrantSource;
import dev.rolecall.access.grant.Grants;
import dev.rolecall.cli.front.ServerFront;
import dev.rolecall.cli.server.EchoServer;
import dev.rolecall.cli.server.ServerCertificate;
import dev.rolecall.client.IamCallCredentials;
import dev.rolecall.grants.GrantFeed;
import dev.rolecall.grants.v1.ListEnforcersRequest;
import dev.rolecall.guard.CallGuard;
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
import dev.rolecall.stsemulator.StsEmulator;
import dev.rolecall.verifier.StsVerifier;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;

/**
 * The parts of the demo about access for a time: an access service and a guarded server that
 * follows its grants, both over TLS, with the emulator behind them.
 */
final class AccessScene implements AutoCloseable {

  static final PermissionSet ENGINEER = PermissionSet.of("111122223333", "Engineer");
  static final PermissionSet LEAD = PermissionSet.of("111122223333", "Lead");

  private static final String ROLE = "arn:aws:iam::111122223333:role/";
  private static final long PATIENCE_SECONDS = 10;

  private static final String RULES =
      """
      directories:
        - name: corp
          roles:
            - {account: "111122223333", permission_set: Engineer, role_id: %s}
            - {account: "111122223333", permission_set: Lead, role_id: %s}
      rules:
        - permission: orders-admin
          requesters: [{directory: corp, permission_set: Engineer}]
          reviewers: [{directory: corp}]
          quorum: 2
          max_duration: 4h
      admins: [{role: "arn:aws:iam::111122223333:role/security"}]
      enforcers: ["arn:aws:iam::111122223333:role/orders"]
      """
          .formatted(ENGINEER.roleId(), LEAD.roleId());

  private static final String POLICY =
      """
      name: orders
      allow_rules:
        - name: engineers administer
          source:
            principals: ["sso:111122223333:Engineer"]
            requires_grant: orders-admin
          request: {paths: ["/rolecall.demo.v1.Echo/*"]}
      """;

  private final Deque<Closing> open = new ArrayDeque<>();
  private final LongSupplier ticker = System::nanoTime;
  private final StsEmulator sts;
  private final ServerCertificate certificate =
      ServerCertificate.forThisRun(Clock.systemUTC(), new SecureRandom());
  private final LinkedBlockingQueue<AuditRecord> records = new LinkedBlockingQueue<>();
  private final Semaphore news = new Semaphore(0);
  private final ManagedChannel access;
  private final ManagedChannel orders;

  private AccessScene() throws IOException, InterruptedException {
    DemoFiles files = new DemoFiles();
    open.push(files::close);
    sts = StsEmulator.start();
    open.push(sts::close);
    Server service = serviceIn(files);
    access = channelTo(service);
    orders = channelTo(guardedBy(guard("127.0.0.1:" + service.getPort())));
  }

  static AccessScene open() throws Exception {
    return new AccessScene();
  }

  private Server serviceIn(DemoFiles files) throws IOException {
    AccessServer node =
        AccessServer.builder(files.write("access.yaml", RULES), SqliteStore.in(files.file("data")))
            .accept(verifier("access"))
            .start();
    open.push(node::close);
    Server server =
        ServerFront.forCallProofs(certificate.serverCredentials(), node.guard())
            .open(
                EchoServer.onLoopback(0), builder -> node.services().forEach(builder::addService));
    open.push(server::shutdownNow);
    return server;
  }

  private CallGuard guard(String target) throws InterruptedException {
    GrantSource feed =
        GrantFeed.follow(target, certificate.clientCredentials())
            .callCredentials(proofs(keys(EmulatedPrincipal.of(ROLE + "orders")), "access"))
            .name("orders");
    CallGuard guard =
        CallGuard.builder(PolicySource.fixed(policy()))
            .accept(verifier("orders"))
            .grants(runtime -> heard(feed.open(runtime)))
            .audit(AuditRules.ofDefaults().to(records::add).on(AuditCondition.BOTH))
            .build();
    open.push(guard::close);
    awaitNews();
    return guard;
  }

  private Grants heard(Grants grants) {
    // It lives as long as the grants.
    var unused = grants.onChange(news::release);
    return grants;
  }

  /** Waits until the guarded server has had its first news. */
  private void awaitNews() throws InterruptedException {
    if (!news.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw late();
    }
  }

  /** Waits until the guarded server has confirmed the news of that revision. */
  void awaitNews(long revision) throws InterruptedException {
    AccessPerson security = role("security");
    long begun = ticker.getAsLong();
    while (!hasConfirmed(security, revision)) {
      if (ticker.getAsLong() - begun > TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)) {
        throw late();
      }
      news.tryAcquire(10, TimeUnit.MILLISECONDS);
    }
  }

  private static boolean hasConfirmed(AccessPerson security, long revision) {
    return security
        .service()
        .listEnforcers(ListEnforcersRequest.getDefaultInstance())
        .getEnforcersList()
        .stream()
        .anyMatch(enforcer -> enforcer.getAcknowledgedRevision() >= revision);
  }

  private static IllegalStateException late() {
    return new IllegalStateException("the server has no news of grants within ten seconds");
  }

  private static AccessPolicy policy() {
    return PolicyDocument.read("the demo's policy", POLICY.getBytes(UTF_8))
        .fold(
            PolicyReading.Loaded::policy,
            rejected -> {
              throw new IllegalStateException("the demo's policy: " + rejected.problems());
            });
  }

  private Server guardedBy(CallGuard guard) {
    Server server = EchoServer.start(0, certificate.serverCredentials(), guard);
    open.push(server::shutdownNow);
    return server;
  }

  private StsVerifier verifier(String audience) {
    return StsVerifier.forAudience(audience)
        .acceptCustomEndpoint(sts.endpoint(), DemoServer.REGION, Partition.AWS);
  }

  private ManagedChannel channelTo(Server server) {
    ManagedChannel channel =
        Grpc.newChannelBuilderForAddress(
                "127.0.0.1", server.getPort(), certificate.clientCredentials())
            .build();
    open.push(channel::shutdownNow);
    return channel;
  }

  /** Elapsed nanoseconds. */
  LongSupplier ticker() {
    return ticker;
  }

  /** A person in a session of a permission set. */
  AccessPerson person(PermissionSet set, String name) {
    return person(sts.add(set.user(name + "@example.com")));
  }

  /** A role of the account. */
  AccessPerson role(String name) {
    return person(keys(EmulatedPrincipal.of(ROLE + name)));
  }

  private AccessPerson person(EmulatedCredentials keys) {
    return new AccessPerson(access, proofs(keys, "access"), orders, proofs(keys, "orders"));
  }

  private EmulatedCredentials keys(EmulatedPrincipal principal) {
    return sts.add(principal);
  }

  private IamCallCredentials proofs(EmulatedCredentials keys, String audience) {
    IamCallCredentials proofs =
        IamCallCredentials.builder(audience)
            .credentialsProvider(StaticCredentialsProvider.create(DemoCalls.keys(keys)))
            .endpoint(sts.endpoint(), Region.of(DemoServer.REGION))
            .build();
    open.push(proofs::close);
    return proofs;
  }

  /** What the guarded server decided about the last call. */
  AuditRecord decision() throws InterruptedException {
    AuditRecord decided = records.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (decided == null) {
      throw new IllegalStateException("no call has been decided");
    }
    return decided;
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
