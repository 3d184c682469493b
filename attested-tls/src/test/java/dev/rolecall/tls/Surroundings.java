package dev.rolecall.tls;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.lookup.CacheBounds;
import dev.rolecall.access.lookup.CallerLookup;
import dev.rolecall.access.lookup.LookupLimits;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.client.IamCallCredentials;
import dev.rolecall.client.ProofSource;
import dev.rolecall.guard.CallGuard;
import dev.rolecall.guard.CallGuardBuilder;
import dev.rolecall.identity.Audience;
import dev.rolecall.identity.Partition;
import dev.rolecall.identity.pattern.RolePattern;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.PolicyBuilder;
import dev.rolecall.policy.PolicySource;
import dev.rolecall.stsemulator.EmulatedCredentials;
import dev.rolecall.stsemulator.StsEmulator;
import dev.rolecall.stsemulator.protocol.StsAction;
import dev.rolecall.testsupport.ManualScheduler;
import dev.rolecall.testsupport.ManualTime;
import dev.rolecall.verifier.StsVerifier;
import io.grpc.ChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;

/**
 * An emulated STS, a clock for all ends, a timer that a test drives, and the ends that a test
 * makes; all closed after the test.
 */
final class Surroundings implements AfterEachCallback {

  static final String AUDIENCE = "orders";
  static final String ORDERS_SERVER = "arn:aws:iam::111122223333:role/orders-server";
  static final String CHECKOUT = "arn:aws:iam::111122223333:role/checkout";
  static final String INTERN = "arn:aws:iam::111122223333:role/intern";
  static final Duration PROOF_LIFE = Duration.ofMinutes(15);

  private static final Region REGION = Region.US_EAST_1;

  private final ManualTime clock =
      new ManualTime(Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS));
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final List<LocalCertificate> certificates = new ArrayList<>();
  private final ManualScheduler timer = new ManualScheduler();
  private final StsEmulator sts = closing(StsEmulator.builder().clock(clock).start());

  @Override
  public void afterEach(ExtensionContext test) throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
    assertThat(timer.periods()).as("rotations that go on").isEmpty();
    timer.shutdownNow();
  }

  <T extends AutoCloseable> T closing(T resource) {
    open.push(resource);
    return resource;
  }

  ManualTime clock() {
    return clock;
  }

  StsEmulator sts() {
    return sts;
  }

  /** How often STS was asked for an identity. */
  long asked() {
    return sts.requests().of(StsAction.GET_CALLER_IDENTITY);
  }

  /** The renewals that go on, each by its period. */
  List<Duration> renewals() {
    return timer.periods();
  }

  /** Lets every end check whether a renewal is due, and waits for what that begins. */
  void tick() {
    timer.tick();
    certificates.forEach(own -> own.underWay().join());
  }

  /** Moves the clock on, and lets every end check. */
  void pass(Duration time) {
    clock.advance(time);
    tick();
  }

  StaticCredentialsProvider session(String roleArn) {
    return provider(sts.addRole(roleArn));
  }

  static StaticCredentialsProvider provider(EmulatedCredentials credentials) {
    return StaticCredentialsProvider.create(
        AwsSessionCredentials.create(
            credentials.accessKeyId(),
            credentials.secretAccessKey(),
            credentials.sessionToken().orElseThrow()));
  }

  /** The scheme that recognises the roles of this STS. */
  StsVerifier verifier(Audience audience) {
    return StsVerifier.forAudience(audience)
        .acceptPartitions(Set.of())
        .acceptCustomEndpoint(sts.endpoint(), REGION.id(), Partition.AWS)
        .lookUpTimeout(Duration.ofSeconds(30));
  }

  /** On this clock, and without a pause between attempts, since tests count them. */
  AccessRuntime.Builder runtimeOptions() {
    return AccessRuntime.builder().clock(clock).random(() -> 0L);
  }

  CallerLookup lookup(String audience) {
    AccessRuntime runtime = closing(runtimeOptions().build());
    return closing(
        CallerLookup.of(
            List.of(verifier(Audience.of(audience))),
            LookupLimits.ofDefaults(),
            CacheBounds.ofDefaults(),
            runtime));
  }

  /** A guard to be, of a server for {@link #AUDIENCE}. */
  CallGuardBuilder guard(PolicySource policies) {
    return guard(Audience.of(AUDIENCE), policies);
  }

  CallGuardBuilder guard(Audience audience, PolicySource policies) {
    return CallGuard.builder(policies).accept(verifier(audience)).runtime(runtimeOptions().build());
  }

  /** A server to be, which attests that role. */
  AttestedServerBuilder server(String roleArn) {
    return server(AUDIENCE, roleArn);
  }

  AttestedServerBuilder server(String audience, String roleArn) {
    return with(AttestedTls.server(audience), roleArn);
  }

  /** A client to be, which attests that role and expects the server's. */
  AttestedChannel.Builder client(String roleArn) {
    return client(AUDIENCE, roleArn).expectServerRoles(ORDERS_SERVER);
  }

  AttestedChannel.Builder client(String audience, String roleArn) {
    return with(AttestedTls.channel(audience), roleArn)
        .verifier(verifier(Audience.of(audience)))
        .runtime(runtimeOptions().build());
  }

  private <B extends AttestationOptions<B>> B with(B options, String roleArn) {
    return options
        .credentialsProvider(session(roleArn))
        .endpoint(sts.endpoint(), REGION)
        .scheduler(timer)
        // At two thirds to the second.
        .stagger(() -> 0L)
        .onCertificate(certificates::add);
  }

  ProofSource.Builder proofs(String audience, String roleArn) {
    return ProofSource.builder(Audience.of(audience))
        .credentialsProvider(session(roleArn))
        .endpoint(sts.endpoint(), REGION)
        .clock(clock);
  }

  IamCallCredentials callProofs(String roleArn) {
    return closing(
        IamCallCredentials.builder(AUDIENCE)
            .credentialsProvider(session(roleArn))
            .endpoint(sts.endpoint(), REGION)
            .clock(clock)
            .build());
  }

  static PolicySource everythingFor(String... roleArns) {
    PolicyBuilder policy = AccessPolicy.builder("tests");
    for (String roleArn : roleArns) {
      policy.allow(RolePattern.parse(roleArn), "/" + Greeter.SERVICE + "/*");
    }
    return PolicySource.fixed(policy.build());
  }

  /** Starts a server whose policy allows {@link #CHECKOUT} every call. */
  RunningServer start(TlsProvider provider, AttestedServerBuilder options) {
    return start(provider, options, everythingFor(CHECKOUT));
  }

  RunningServer start(TlsProvider provider, AttestedServerBuilder options, PolicySource policy) {
    return start(provider, options, guard(options.audience(), policy));
  }

  RunningServer start(TlsProvider provider, AttestedServerBuilder options, CallGuardBuilder guard) {
    return closing(RunningServer.start(provider, options, guard));
  }

  /** A caller on a channel of its own to that server. */
  TestCaller caller(TlsProvider provider, AttestedChannel.Builder options, RunningServer server) {
    return caller(provider, started(options).credentials(), server);
  }

  AttestedChannel started(AttestedChannel.Builder options) {
    return closing(options.start());
  }

  TestCaller caller(TlsProvider provider, ChannelCredentials credentials, RunningServer server) {
    return new TestCaller(closingChannel(provider.channel(server.port(), credentials).build()));
  }

  ManagedChannel closingChannel(ManagedChannel channel) {
    open.push(
        () -> {
          channel.shutdownNow();
          assertThat(channel.awaitTermination(2, MINUTES)).as("the channel ends").isTrue();
        });
    return channel;
  }

  static void end(Server server) {
    server.shutdownNow();
    try {
      assertThat(server.awaitTermination(2, MINUTES)).as("the server ends").isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while the server ends", e);
    }
  }
}
