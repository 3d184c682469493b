package dev.rolecall.guard;

import dev.rolecall.access.AuditRules;
import dev.rolecall.access.StreamLifetime;
import dev.rolecall.access.audit.AuditCondition;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.policy.PolicySource;
import dev.rolecall.policy.document.PolicyFile;
import dev.rolecall.testsupport.ManualTime;
import dev.rolecall.testsupport.RecordedTelemetry;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Context;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A server within the process, with real threads, real look-ups and a policy file, each seam of
 * which may throw. Its time is the test's; its watch walks a hundred times a second.
 */
final class FaultRig implements AutoCloseable {

  private static final String ALLOWS =
      """
      name: tests
      allow_rules:
        - name: everything
          source: {principals: ["%s"]}
          request: {paths: ["/test.v1.Echo/*"]}
      """
          .formatted(GuardedServer.ROLE);
  private static final String DENIES = ALLOWS.replace("/test.v1.Echo/*", "/test.v1.Other/*");

  final Fault fault;
  private final FaultSeams seams;
  private final Deque<Runnable> closing = new ArrayDeque<>();
  private final AtomicLong nanos = new AtomicLong(1_000);
  private final Path file;
  private final PolicyFile policy;
  private final FaultScheme scheme;
  private final ManagedChannel channel;

  FaultRig(FaultSeam seam, Path directory) {
    this.fault = new Fault(seam);
    this.seams = new FaultSeams(fault, this::now, closing);
    this.scheme = new FaultScheme(fault);
    this.file = directory.resolve(seam + "-" + System.nanoTime() + ".yaml");
    write(ALLOWS);
    this.policy =
        PolicyFile.builder(file).period(Duration.ofMillis(100)).onReload(seams.reloads()).follow();
    closing.push(policy::close);
    PolicySource.Registration before =
        policy.onChange(() -> seams.strike(FaultSeam.POLICY_LISTENER));
    closing.push(before::close);
    closing.push(seams.failingLog());
    CallGuard guard = guard();
    closing.push(guard::close);
    String name = InProcessServerBuilder.generateName();
    ExecutorService working = made(Executors.newCachedThreadPool());
    try {
      Server server =
          InProcessServerBuilder.forName(name)
              .executor(working)
              .addService(TestService.with(TestService.BIDI, this::start))
              .intercept(guard)
              .build()
              .start();
      closing.push(server::shutdownNow);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.channel = InProcessChannelBuilder.forName(name).build();
    closing.push(channel::shutdownNow);
  }

  /** A stream of a caller whom nobody knew, as it is answered or refused. */
  ClientEnd newcomer() {
    advance(Duration.ofSeconds(1));
    return sameProof();
  }

  /** A stream of the last newcomer, with the same proof. */
  ClientEnd sameProof() {
    Metadata headers = new Metadata();
    headers.put(
        AuthorizationHeader.KEY,
        ("Bearer " + FaultScheme.madeAt(now())).getBytes(StandardCharsets.US_ASCII));
    Channel sending =
        ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers));
    return ClientEnd.start(sending, TestService.BIDI).send("hello");
  }

  /** The issuer answers, or is away. */
  void issuerAnswers(boolean answers) {
    scheme.answers(answers);
  }

  /** The time of every stream so far is over, by both clocks. */
  void lapse() {
    advance(FaultScheme.LIFE.plus(StreamLifetime.DEFAULT_GRACE));
  }

  /** The policy's file forbids everything, or allows it. */
  void policyAllows(boolean allows) {
    write(allows ? ALLOWS : DENIES);
    var unused = policy.reloadNow();
  }

  private void advance(Duration by) {
    nanos.addAndGet(by.toNanos());
  }

  private Instant now() {
    return ManualTime.START.plusNanos(nanos.get());
  }

  private void write(String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private <T extends ExecutorService> T made(T executor) {
    closing.push(executor::shutdownNow);
    return executor;
  }

  private CallGuard guard() {
    return CallGuard.builder(seams.passing(policy, FaultSeam.POLICY_SOURCE))
        .accept(scheme)
        .shadowPolicy(seams.passing(policy, FaultSeam.SHADOW_POLICY))
        .grants(runtime -> seams.grants())
        .watchPeriod(Duration.ofMillis(10))
        .audit(
            AuditRules.ofDefaults()
                .to(line -> seams.strike(FaultSeam.AUDIT_LOG))
                .on(AuditCondition.BOTH))
        .runtime(
            AccessRuntime.builder()
                .clock(seams.clock())
                .ticker(seams::ticks)
                .random(seams.random())
                .openTelemetry(
                    new RecordedTelemetry(() -> fault.strike(FaultSeam.METRICS)).telemetry())
                .lookUpExecutor(seams.passing(FaultSeam.LOOK_UP_EXECUTOR))
                .applicationExecutor(seams.passing(FaultSeam.START_EXECUTOR))
                .endExecutor(seams.passing(FaultSeam.END_EXECUTOR))
                .scheduler(seams.scheduler())
                .build())
        .build();
  }

  private ServerCall.Listener<String> start(ServerCall<String, String> call, Metadata headers) {
    seams.strike(FaultSeam.HANDLER_START);
    Context.current().addListener(ended -> seams.strike(FaultSeam.CONTEXT_LISTENER), Runnable::run);
    ServerCallHandler<String, String> echo = new EchoHandler();
    return new SimpleForwardingServerCallListener<>(echo.startCall(call, headers)) {
      @Override
      public void onCancel() {
        seams.strike(FaultSeam.HANDLER_CANCEL);
        super.onCancel();
      }
    };
  }

  @Override
  public void close() {
    fault.disarm();
    closing.forEach(Runnable::run);
  }
}
