package dev.rolecall.cli.scene;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rolecall.access.grant.GrantSource;
import dev.rolecall.access.grant.Grants;
import dev.rolecall.cli.front.ServerFront;
import dev.rolecall.cli.server.EchoServer;
import dev.rolecall.cli.server.ServerCertificate;
import dev.rolecall.client.IamCallCredentials;
import dev.rolecall.grants.GrantFeed;
import dev.rolecall.grants.v1.ListEnforcersRequest;
import dev.rolecall.guard.CallGuard;
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
import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * An access service and a guarded server that follows its grants, both over TLS, with the emulator
 * behind them.
 */
public final class AccessScene implements AutoCloseable {

  /** A permission set of the directory. */
  public static final PermissionSet ENGINEER = PermissionSet.of("111122223333", "Engineer");

  /** Another. */
  public static final PermissionSet LEAD = PermissionSet.of("111122223333", "Lead");

  private static final String ROLE = "arn:aws:iam::111122223333:role/";
  private static final long PATIENCE_SECONDS = 10;

  private static final String DIRECTORY =
      """
      directories:
        - name: corp
          roles:
            - {account: "111122223333", permission_set: Engineer, role_id: %s}
            - {account: "111122223333", permission_set: Lead, role_id: %s}
      enforcers: ["arn:aws:iam::111122223333:role/orders"]
      """
          .formatted(ENGINEER.roleId(), LEAD.roleId());

  private final Deque<Closing> open = new ArrayDeque<>();
  private final LongSupplier ticker = System::nanoTime;
  private final StsEmulator sts;
  private final ServerCertificate certificate =
      ServerCertificate.forThisRun(Clock.systemUTC(), new SecureRandom());
  private final Semaphore news = new Semaphore(0);
  private final String accessAddress;
  private final String ordersAddress;
  private final ManagedChannel access;
  private final ManagedChannel orders;

  private AccessScene(String rules, Guarding guarding) throws IOException, InterruptedException {
    SceneFiles files = new SceneFiles();
    open.push(files::close);
    sts = StsEmulator.start();
    open.push(sts::close);
    Server service = serviceIn(files, DIRECTORY + rules);
    accessAddress = "127.0.0.1:" + service.getPort();
    access = channelTo(service);
    Server guarded = guardedBy(guard(guarding), guarding);
    ordersAddress = "127.0.0.1:" + guarded.getPort();
    orders = channelTo(guarded);
  }

  /**
   * Opens it: the access service "access" and the server "orders".
   *
   * @param rules the rules of the access service, without its directory {@code corp} and its
   *     enforcers
   * @param guarding the server
   */
  public static AccessScene open(String rules, Guarding guarding) throws Exception {
    return new AccessScene(rules, guarding);
  }

  private Server serviceIn(SceneFiles files, String rules) throws IOException {
    AccessServer node =
        AccessServer.builder(files.write("access.yaml", rules), SqliteStore.in(files.file("data")))
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

  private CallGuard guard(Guarding guarding) throws InterruptedException {
    GrantSource feed =
        GrantFeed.follow(accessAddress, certificate.clientCredentials())
            .callCredentials(proofs(keys(EmulatedPrincipal.of(ROLE + "orders")), "access"))
            .name("orders");
    CallGuard guard =
        guarding
            .options()
            .apply(
                CallGuard.builder(PolicySource.fixed(policy(guarding.policy())))
                    .accept(verifier("orders"))
                    .grants(runtime -> heard(feed.open(runtime))))
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
  public void awaitNews(long revision) throws InterruptedException {
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

  /** The policy of a text. */
  public static AccessPolicy policy(String text) {
    return PolicyDocument.read("the demo's policy", text.getBytes(UTF_8))
        .fold(
            PolicyReading.Loaded::policy,
            rejected -> {
              throw new IllegalStateException("the demo's policy: " + rejected.problems());
            });
  }

  private Server guardedBy(CallGuard guard, Guarding guarding) {
    Server server =
        EchoServer.start(
            EchoServer.onLoopback(0),
            () -> {
              NettyServerBuilder builder =
                  NettyServerBuilder.forAddress(
                          EchoServer.onLoopback(0), certificate.serverCredentials())
                      .intercept(guard);
              guarding.services().forEach(builder::addService);
              return builder;
            });
    open.push(server::shutdownNow);
    return server;
  }

  private StsVerifier verifier(String audience) {
    return SceneSts.verifier(sts, audience);
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
  public LongSupplier ticker() {
    return ticker;
  }

  /** A person in a session of a permission set. */
  public AccessPerson person(PermissionSet set, String name) {
    return person(sts.add(set.user(name + "@example.com")));
  }

  /** A role of the account. */
  public AccessPerson role(String name) {
    return person(keys(EmulatedPrincipal.of(ROLE + name)));
  }

  private AccessPerson person(EmulatedCredentials keys) {
    return new AccessPerson(access, proofs(keys, "access"), orders, proofs(keys, "orders"));
  }

  private EmulatedCredentials keys(EmulatedPrincipal principal) {
    return sts.add(principal);
  }

  private IamCallCredentials proofs(EmulatedCredentials keys, String audience) {
    IamCallCredentials proofs = SceneSts.proofs(sts, keys, audience);
    open.push(proofs::close);
    return proofs;
  }

  /** The address of the access service. */
  public String accessAddress() {
    return accessAddress;
  }

  /** The address of the guarded server. */
  public String ordersAddress() {
    return ordersAddress;
  }

  /** The trust of a client of both. */
  public ChannelCredentials clientCredentials() {
    return certificate.clientCredentials();
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
