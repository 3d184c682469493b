package dev.rolecall.guard;

import dev.rolecall.access.Admission;
import dev.rolecall.access.AuditRules;
import dev.rolecall.access.CalledMethod;
import dev.rolecall.access.audit.AuditCondition;
import dev.rolecall.access.audit.AuditRecord;
import dev.rolecall.access.call.CallOrigin;
import dev.rolecall.access.lookup.LookupLimits;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.access.scheme.Verification;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.Evidence;
import dev.rolecall.identity.IamRole;
import dev.rolecall.identity.RoleArn;
import dev.rolecall.identity.RoleId;
import dev.rolecall.identity.pattern.RolePattern;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.testsupport.ManualScheduler;
import dev.rolecall.testsupport.ManualTime;
import dev.rolecall.testsupport.RecordedTelemetry;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerTransportFilter;
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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** A guard, the fakes around it, and a server within the process behind it. */
final class GuardedServer implements AutoCloseable {

  static final RoleArn ROLE = RoleArn.parse("arn:aws:iam::111122223333:role/checkout");
  static final Duration PROOF_LIFE = Duration.ofMinutes(15);

  private static final int RESUMING = 2;

  /** Many callers at once are one peer here. */
  private static final LookupLimits WIDE =
      LookupLimits.ofDefaults()
          .withLookUps(100_000, 100_000)
          .withWaiting(100_000, 100_000)
          .withInVainPerSecond(100_000, 100_000);

  final ManualTime clock = new ManualTime();
  final ManualScheduler scheduler = new ManualScheduler();
  final FakeScheme scheme = new FakeScheme();
  final RecordedTelemetry recorded = new RecordedTelemetry();
  final FakePolicies policies = new FakePolicies(allowAll());
  final List<AuditRecord> records = new CopyOnWriteArrayList<>();
  final ExecutorService resuming =
      Executors.newFixedThreadPool(RESUMING, task -> new Thread(task, "resuming"));
  final CallGuard guard;

  /** How many calls are on their way through the guard, on the server's threads. */
  private final AtomicInteger deciding = new AtomicInteger();

  private final ExecutorService working;
  private final Server server;
  private final ManagedChannel channel;

  /** The options that differ from one server to another. */
  record Setup(
      int threads,
      UnaryOperator<CallGuardBuilder> guard,
      BiFunction<AccessRuntime.Builder, Executor, AccessRuntime.Builder> runtime,
      List<ServerInterceptor> outer,
      List<ServerTransportFilter> filters) {

    static final Setup USUAL =
        new Setup(
            4,
            options -> options,
            (options, resuming) -> options.applicationExecutor(resuming).endExecutor(resuming),
            List.of(),
            List.of());

    Setup onOneThread() {
      return new Setup(1, guard, runtime, outer, filters);
    }

    Setup guard(UnaryOperator<CallGuardBuilder> options) {
      return new Setup(threads, options, runtime, outer, filters);
    }

    /** Beside the usual executors. */
    Setup runtime(UnaryOperator<AccessRuntime.Builder> options) {
      return new Setup(
          threads,
          guard,
          (usual, resuming) -> options.apply(runtime.apply(usual, resuming)),
          outer,
          filters);
    }

    /** Handlers start, and calls end, on threads that the guard makes. */
    Setup withThreadsOfTheGuards() {
      return new Setup(threads, guard, (options, resuming) -> options, outer, filters);
    }

    Setup behind(ServerInterceptor outside) {
      return new Setup(threads, guard, runtime, List.of(outside), filters);
    }

    Setup connections(ServerTransportFilter filter) {
      return new Setup(threads, guard, runtime, outer, List.of(filter));
    }
  }

  private GuardedServer(
      MethodDescriptor<String, String> method,
      ServerCallHandler<String, String> handler,
      Setup setup) {
    AccessRuntime.Builder options =
        AccessRuntime.builder()
            .clock(clock)
            .scheduler(scheduler)
            .lookUpExecutor(Runnable::run)
            .openTelemetry(recorded.telemetry());
    guard =
        setup
            .guard()
            .apply(
                CallGuard.builder(policies)
                    .accept(scheme)
                    .lookupLimits(WIDE)
                    .runtime(setup.runtime().apply(options, resuming).build())
                    .audit(AuditRules.ofDefaults().to(records::add).on(AuditCondition.BOTH)))
            .build();
    working = Executors.newFixedThreadPool(setup.threads(), task -> new Thread(task, "working"));
    String name = InProcessServerBuilder.generateName();
    InProcessServerBuilder builder =
        InProcessServerBuilder.forName(name)
            .executor(working)
            .addService(TestService.with(method, handler))
            .intercept(guard);
    setup.outer().forEach(builder::intercept);
    builder.intercept(counting());
    setup.filters().forEach(builder::addTransportFilter);
    try {
      server = builder.build().start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    channel = InProcessChannelBuilder.forName(name).build();
  }

  private ServerInterceptor counting() {
    return new ServerInterceptor() {
      @Override
      public <ReqT, RespT> ServerCall.Listener<ReqT> interceptCall(
          ServerCall<ReqT, RespT> call, Metadata headers, ServerCallHandler<ReqT, RespT> next) {
        deciding.incrementAndGet();
        try {
          return next.startCall(call, headers);
        } finally {
          deciding.decrementAndGet();
        }
      }
    };
  }

  /** Whether so many credentials have been read, and their calls wait or are decided. */
  boolean hasAsked(int credentials) {
    return scheme.asked.size() >= credentials && deciding.get() == 0;
  }

  static GuardedServer of(
      MethodDescriptor<String, String> method, ServerCallHandler<String, String> handler) {
    return of(method, handler, Setup.USUAL);
  }

  static GuardedServer of(
      MethodDescriptor<String, String> method,
      ServerCallHandler<String, String> handler,
      Setup setup) {
    return new GuardedServer(method, handler, setup);
  }

  static GuardedServer of(
      MethodDescriptor<String, String> method,
      ServerCallHandler<String, String> handler,
      UnaryOperator<CallGuardBuilder> options) {
    return of(method, handler, Setup.USUAL.guard(options));
  }

  static GuardedServer onOneThread(
      MethodDescriptor<String, String> method,
      ServerCallHandler<String, String> handler,
      UnaryOperator<CallGuardBuilder> options) {
    return of(method, handler, Setup.USUAL.guard(options).onOneThread());
  }

  static GuardedServer behind(
      ServerInterceptor outer,
      MethodDescriptor<String, String> method,
      ServerCallHandler<String, String> handler) {
    return of(method, handler, Setup.USUAL.behind(outer));
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
    return Caller.of(
        new IamRole(ROLE, RoleId.parse("AROAEXAMPLE0000000001")),
        Evidence.ofSession("aws-iam", Evidence.Carrier.CALL_METADATA, session),
        ManualTime.START.plus(PROOF_LIFE));
  }

  static Verification verified(String session) {
    return new Verification.Verified(caller(session));
  }

  static Verification verified() {
    return new Verification.Verified(caller());
  }

  /** What a call is admitted on. */
  static Admission admission() {
    CalledMethod unary =
        new CalledMethod("test.v1.Echo/Unary", null, "other", AuditCondition.ON_DENY, 0, true);
    return new Admission(unary, CallOrigin.of("p"), caller(), Long.MAX_VALUE, Long.MAX_VALUE);
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
