package dev.rolecall.verifier.grpc;

import dev.rolecall.identity.Caller;
import dev.rolecall.identity.RoleArn;
import dev.rolecall.identity.RoleId;
import dev.rolecall.identity.RolePattern;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.testsupport.ManualScheduler;
import dev.rolecall.testsupport.ManualTime;
import dev.rolecall.verifier.Verification;
import dev.rolecall.verifier.audit.AuditCondition;
import dev.rolecall.verifier.audit.AuditRecord;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** A guard, the fakes around it, and a server within the process behind it. */
final class GuardedServer implements AutoCloseable {

  static final RoleArn ROLE = RoleArn.parse("arn:aws:iam::111122223333:role/checkout");
  static final Duration PROOF_LIFE = Duration.ofMinutes(15);

  private static final int RESUMING = 2;

  final ManualTime clock = new ManualTime();
  final ManualScheduler scheduler = new ManualScheduler();
  final FakeVerifier verifier = new FakeVerifier();
  final FakePolicies policies = new FakePolicies(allowAll());
  final List<AuditRecord> records = new CopyOnWriteArrayList<>();
  final ExecutorService resuming =
      Executors.newFixedThreadPool(RESUMING, task -> new Thread(task, "resuming"));
  final RoleGuard guard;

  private final ExecutorService working;
  private final Server server;
  private final ManagedChannel channel;

  private GuardedServer(
      MethodDescriptor<String, String> method,
      ServerCallHandler<String, String> handler,
      int threads,
      UnaryOperator<RoleGuardBuilder> options,
      List<ServerInterceptor> outer) {
    guard =
        options
            .apply(
                RoleGuard.builder(verifier, policies)
                    .clock(clock)
                    .scheduler(scheduler)
                    .resumeExecutor(resuming)
                    .endExecutor(resuming)
                    .auditLog(records::add)
                    .auditing(AuditCondition.BOTH))
            .build();
    working = Executors.newFixedThreadPool(threads, task -> new Thread(task, "working"));
    String name = InProcessServerBuilder.generateName();
    InProcessServerBuilder builder =
        InProcessServerBuilder.forName(name)
            .executor(working)
            .addService(TestService.with(method, handler))
            .intercept(guard);
    outer.forEach(builder::intercept);
    try {
      server = builder.build().start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    channel = InProcessChannelBuilder.forName(name).build();
  }

  static GuardedServer of(
      MethodDescriptor<String, String> method, ServerCallHandler<String, String> handler) {
    return of(method, handler, options -> options);
  }

  static GuardedServer of(
      MethodDescriptor<String, String> method,
      ServerCallHandler<String, String> handler,
      UnaryOperator<RoleGuardBuilder> options) {
    return new GuardedServer(method, handler, 4, options, List.of());
  }

  static GuardedServer onOneThread(
      MethodDescriptor<String, String> method,
      ServerCallHandler<String, String> handler,
      UnaryOperator<RoleGuardBuilder> options) {
    return new GuardedServer(method, handler, 1, options, List.of());
  }

  /** Whose handlers start, and whose calls end, on threads that the guard makes. */
  static GuardedServer withThreadsOfTheGuards(
      MethodDescriptor<String, String> method, ServerCallHandler<String, String> handler) {
    return of(
        method,
        handler,
        options -> {
          GuardThreads threads = GuardThreads.of(null, null, options.scheduler);
          return options.resumeExecutor(threads.starts()).endExecutor(threads.ends());
        });
  }

  static GuardedServer behind(
      ServerInterceptor outer,
      MethodDescriptor<String, String> method,
      ServerCallHandler<String, String> handler) {
    return new GuardedServer(method, handler, 4, options -> options, List.of(outer));
  }

  static AccessPolicy allowAll() {
    return AccessPolicy.builder("test")
        .allow("all methods", List.of(RolePattern.parse(ROLE.toString())), "/test.v1.Echo/*")
        .publicMethods("/test.v1.Echo/Open")
        .build();
  }

  static AccessPolicy denyAll() {
    return AccessPolicy.builder("closed").build();
  }

  static Caller caller() {
    return caller("i-0abc");
  }

  private static Caller caller(String session) {
    return Caller.confirmedBySts(
        ROLE, session, RoleId.parse("AROAEXAMPLE0000000001"), ManualTime.START.plus(PROOF_LIFE));
  }

  static Verification verified(String session) {
    return new Verification.Verified(caller(session));
  }

  static Verification verified() {
    return new Verification.Verified(caller());
  }

  /** A channel whose calls carry these authorization values. */
  Channel sending(String... authorizations) {
    Metadata headers = new Metadata();
    for (String each : authorizations) {
      headers.put(AuthorizationHeader.KEY, each.getBytes(StandardCharsets.US_ASCII));
    }
    return ClientInterceptors.intercept(
        channel, MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  String unary(String... authorizations) {
    return ClientCalls.blockingUnaryCall(
        sending(authorizations), TestService.UNARY, CallOptions.DEFAULT, "hello");
  }

  Executor workers() {
    return working;
  }

  @Override
  public void close() {
    channel.shutdownNow();
    server.shutdownNow();
    guard.close();
    // gRPC delivers a call's last event on these threads, and drops it where they take no more.
    awaitLastEvents();
    working.shutdown();
    resuming.shutdown();
    try {
      if (!server.awaitTermination(2, TimeUnit.MINUTES)
          || !working.awaitTermination(2, TimeUnit.MINUTES)
          || !resuming.awaitTermination(2, TimeUnit.MINUTES)
          || !channel.awaitTermination(2, TimeUnit.MINUTES)) {
        throw new AssertionError("something is still running");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
    if (guard.liveCalls() != 0 || !scheduler.periods().isEmpty() || !policies.listeners.isEmpty()) {
      throw new AssertionError("something is still registered: " + guard.liveCalls());
    }
  }

  /** Waits for so many records: a decision is written down after its call was closed. */
  List<AuditRecord> records(int least) {
    long giveUp = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (records.size() < least && System.nanoTime() < giveUp) {
      CompletableFuture.runAsync(() -> {}, working).join();
    }
    return records;
  }

  /** Until all is done that calls have been resumed with so far: then all threads are free. */
  void awaitResumed() {
    CountDownLatch free = new CountDownLatch(RESUMING);
    for (int i = 0; i < RESUMING; i++) {
      resuming.execute(
          () -> {
            free.countDown();
            await(free);
          });
    }
    await(free);
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(2, TimeUnit.MINUTES)) {
        throw new AssertionError("something goes on and on");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private void awaitLastEvents() {
    long giveUp = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (guard.liveCalls() > 0 && System.nanoTime() < giveUp) {
      CompletableFuture.runAsync(() -> {}, working).join();
    }
  }
}
