package dev.rolecall.guard;

import dev.rolecall.access.StreamLifetime;
import dev.rolecall.access.scheme.Verification;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.pattern.RolePattern;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.PolicyRule;
import dev.rolecall.policy.condition.CallConditions;
import dev.rolecall.policy.grant.GrantRequirement;
import dev.rolecall.testsupport.ManualScheduler;
import dev.rolecall.testsupport.ManualTime;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCallHandler;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A guarded server whose policy requires a grant, on a time that the test lets pass. Live calls are
 * looked over once a minute, so that nothing but the timer of ends is in time.
 */
final class GrantedStreams implements AutoCloseable {

  static final String PERMISSION = "orders-admin";
  static final String GOOD = "Bearer good";
  static final Duration HOUR = Duration.ofHours(1);
  static final Duration SECOND = Duration.ofSeconds(1);
  static final Duration NANO = Duration.ofNanos(1);

  final ManualTime time = new ManualTime();
  final ManualScheduler scheduler = new ManualScheduler(time);
  final FakeGrants grants = new FakeGrants(time);
  final Caller caller =
      Caller.of(
          GuardedServer.caller().principal(),
          GuardedServer.caller().evidence(),
          ManualTime.START.plus(Duration.ofDays(1)));
  final GuardedServer server;

  private GrantedStreams(
      MethodDescriptor<String, String> method,
      ServerCallHandler<String, String> handler,
      UnaryOperator<GuardedServer.Setup> setup) {
    GuardedServer.Setup usual =
        GuardedServer.Setup.USUAL
            .guard(
                options ->
                    options
                        .grants(grants)
                        .streamLifetime(StreamLifetime.unsafeUnlimitedAfterTheProofLapses())
                        .watchPeriod(Duration.ofMinutes(1)))
            .runtime(options -> options.clock(time).ticker(time::nanos).scheduler(scheduler));
    this.server = GuardedServer.of(method, handler, setup.apply(usual));
    server.policies.change(requiring(GrantRequirement.of(PERMISSION)));
    server.scheme.answer("good", new Verification.Verified(caller));
  }

  static GrantedStreams of(ServerCallHandler<String, String> handler) {
    return of(TestService.BIDI, handler);
  }

  static GrantedStreams of(
      MethodDescriptor<String, String> method, ServerCallHandler<String, String> handler) {
    return new GrantedStreams(method, handler, setup -> setup);
  }

  static GrantedStreams of(
      ServerCallHandler<String, String> handler, UnaryOperator<GuardedServer.Setup> setup) {
    return new GrantedStreams(TestService.BIDI, handler, setup);
  }

  static AccessPolicy requiring(GrantRequirement requirement) {
    return AccessPolicy.builder("granted")
        .allow(
            "by grant",
            PolicyRule.Source.of(List.of(RolePattern.parse(GuardedServer.ROLE.toString())))
                .requiring(requirement),
            CallConditions.none(),
            "/test.v1.Echo/*")
        .build();
  }

  FakeGrants.Grant grant(Duration life) {
    return grants.grant(caller, PERMISSION, life);
  }

  /** A stream that has been answered once. */
  ClientEnd stream() {
    ClientEnd client = ClientEnd.start(server.sending(GOOD), TestService.BIDI).send("hello");
    if (!client.first().equals("hello")) {
      throw new AssertionError(client.received);
    }
    return client;
  }

  /** Lets time pass; what falls due runs at its time. */
  void pass(Duration duration) {
    scheduler.pass(duration);
  }

  /** Whether a message comes back on the stream. */
  boolean echoes(ClientEnd client, String message) {
    client.send(message);
    long giveUp = System.nanoTime() + Duration.ofMinutes(2).toNanos();
    while (!client.received.contains(message) && !client.isOver() && System.nanoTime() < giveUp) {
      Thread.onSpinWait();
    }
    return client.received.contains(message);
  }

  @Override
  public void close() {
    server.close();
    scheduler.close();
  }
}
