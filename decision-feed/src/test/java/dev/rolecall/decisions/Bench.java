package dev.rolecall.decisions;

import dev.rolecall.access.AuditRules;
import dev.rolecall.access.audit.AuditLog;
import dev.rolecall.access.audit.AuditOutcome;
import dev.rolecall.access.audit.AuditRecord;
import dev.rolecall.access.audit.LeftOut;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.decisions.v1.DecisionsGrpc;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.Evidence;
import dev.rolecall.identity.IamRole;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.policy.RuleName;
import dev.rolecall.testsupport.ManualScheduler;
import dev.rolecall.testsupport.ManualTime;
import dev.rolecall.testsupport.RecordedTelemetry;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** A feed that is served, and its client, all on the test's thread. */
final class Bench implements AutoCloseable {

  static final String READ = "shop.Orders/Read";
  static final String WRITE = "shop.Orders/Write";

  final ManualTime time = new ManualTime();
  final ManualScheduler scheduler = new ManualScheduler(time);
  final RecordedTelemetry telemetry = new RecordedTelemetry();
  final AccessRuntime runtime =
      AccessRuntime.builder()
          .clock(time)
          .ticker(time::nanos)
          .random(new Random(1))
          .openTelemetry(telemetry.telemetry())
          .scheduler(scheduler)
          .applicationExecutor(Runnable::run)
          .build();
  final List<AuditRecord> logged = new ArrayList<>();
  final DecisionFeed feed;
  final AuditLog log;
  private final Server server;
  final ManagedChannel channel;

  Bench() {
    this(FeedBounds.ofDefaults());
  }

  Bench(FeedBounds bounds) {
    feed = DecisionFeed.open(runtime, bounds);
    log = feed.beside(AuditRules.ofDefaults().to(logged::add)).log();
    String name = InProcessServerBuilder.generateName();
    server = started(InProcessServerBuilder.forName(name));
    channel = InProcessChannelBuilder.forName(name).directExecutor().build();
  }

  private Server started(InProcessServerBuilder builder) {
    try {
      return builder.directExecutor().addService(feed.service()).build().start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  DecisionsGrpc.DecisionsBlockingStub client() {
    return DecisionsGrpc.newBlockingStub(channel);
  }

  DecisionsGrpc.DecisionsStub watching() {
    return DecisionsGrpc.newStub(channel);
  }

  static Caller role(String name) {
    return Caller.of(
        IamRole.of("arn:aws:iam::111122223333:role/" + name, "AROAEXAMPLE" + "0".repeat(9) + "1"),
        Evidence.ofSession("aws-iam", Evidence.Carrier.CALL_METADATA, "s1"),
        ManualTime.START);
  }

  static AuditOutcome allowed() {
    return new AuditOutcome.Allowed(Optional.of(RuleName.parse("rule")));
  }

  static AuditOutcome ofPublic() {
    return new AuditOutcome.Allowed(Optional.empty());
  }

  static AuditOutcome refused(RefusalReason reason) {
    return new AuditOutcome.Refused(reason, Optional.empty());
  }

  /** Records a decision about a known caller's call. */
  void decide(String role, String method, AuditOutcome outcome) {
    log.record(made(Optional.of(role(role)), method, "10.0.0.1", outcome));
  }

  /** Records a decision about a stranger's call. */
  void decideStranger(String peer, String method, AuditOutcome outcome) {
    log.record(made(Optional.empty(), method, peer, outcome));
  }

  AuditRecord made(Optional<Caller> caller, String method, String peer, AuditOutcome outcome) {
    return new AuditRecord(
        time.instant(),
        method,
        new AuditRecord.Origin(peer, caller, Optional.empty()),
        outcome,
        LeftOut.NONE);
  }

  Instant now() {
    return time.instant();
  }

  @Override
  public void close() {
    channel.shutdownNow();
    feed.close();
    server.shutdownNow();
    runtime.close();
    scheduler.close();
  }
}
