package dev.rolecall.proxy.envoy;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rolecall.access.AccessControl;
import dev.rolecall.access.AccessControlBuilder;
import dev.rolecall.access.AuditRules;
import dev.rolecall.access.audit.AuditCondition;
import dev.rolecall.access.audit.AuditRecord;
import dev.rolecall.identity.Audience;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.PolicySource;
import dev.rolecall.policy.document.PolicyDocument;
import dev.rolecall.proxy.PassedIdentity;
import dev.rolecall.proxy.envoy.v3.AuthorizationGrpc;
import dev.rolecall.testing.RolecallExtension;
import dev.rolecall.testsupport.RecordedTelemetry;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** A checker for the audience {@code orders}, and a client that asks as Envoy does. */
final class CheckerScene implements AutoCloseable {

  static final String CHECKOUT = "arn:aws:iam::111122223333:role/checkout";
  static final String STRANGER = "arn:aws:iam::111122223333:role/stranger";
  static final String ORDERS = "orders";

  private static final String POLICY =
      """
      name: orders
      deny_rules:
        - name: no debugging
          source: {principals: ["arn:aws:iam::111122223333:*"]}
          request:
            paths: ["/rolecall.tests.Echo/*"]
            headers:
              - {key: x-debug, values: ["*"]}
        - name: no counting
          source: {principals: ["arn:aws:iam::111122223333:*"]}
          request: {paths: ["/rolecall.tests.Echo/Count"]}
      allow_rules:
        - name: checkout calls
          source: {principals: ["arn:aws:iam::111122223333:role/checkout"]}
          request: {paths: ["/rolecall.tests.Echo/*"]}
      public_methods: ["/rolecall.tests.Echo/Ping"]
      """;

  final RolecallExtension rolecall;
  final RecordedTelemetry recorded = new RecordedTelemetry();
  final List<AuditRecord> records = new CopyOnWriteArrayList<>();
  final EnvoyChecker checker;
  final ManagedChannel channel;
  private final Duration lookUpTimeout;

  CheckerScene(RolecallExtension rolecall) {
    this(rolecall, audience -> audience, builder -> builder);
  }

  CheckerScene(
      RolecallExtension rolecall,
      UnaryOperator<CheckedAudience> audience,
      UnaryOperator<EnvoyCheckerBuilder> options) {
    this(rolecall, audience, options, Duration.ofSeconds(10));
  }

  /** One that waits for an issuer for a second. */
  static CheckerScene impatient(RolecallExtension rolecall) {
    return new CheckerScene(
        rolecall, audience -> audience, options -> options, Duration.ofSeconds(1));
  }

  CheckerScene(
      RolecallExtension rolecall,
      UnaryOperator<CheckedAudience> audience,
      UnaryOperator<EnvoyCheckerBuilder> options,
      Duration lookUpTimeout) {
    this.rolecall = rolecall;
    this.lookUpTimeout = lookUpTimeout;
    CheckedAudience orders =
        CheckedAudience.of(
            Audience.of(ORDERS), access(builder -> builder), PassedIdentity.plainHeaders());
    this.checker =
        started(
            options.apply(
                EnvoyChecker.builder(CheckerAddress.loopback(0))
                    .defaultAudience(audience.apply(orders))
                    .threads(1)
                    .runtime(rolecall.runtime().openTelemetry(recorded.telemetry()).build())));
    this.channel =
        NettyChannelBuilder.forAddress("127.0.0.1", checker.port()).usePlaintext().build();
  }

  static AccessPolicy policy() {
    return PolicyDocument.load("orders.yaml", POLICY.getBytes(UTF_8));
  }

  /** What judges calls by that policy, whose records are kept. */
  AccessControl access(UnaryOperator<AccessControlBuilder> options) {
    return options
        .apply(
            AccessControl.builder(PolicySource.fixed(policy()))
                .accept(rolecall.verifier().lookUpTimeout(lookUpTimeout))
                .grants(rolecall.grants())
                .audit(AuditRules.ofDefaults().to(records::add).on(AuditCondition.BOTH))
                .runtime(rolecall.runtime().openTelemetry(recorded.telemetry()).build()))
        .build();
  }

  static EnvoyChecker started(EnvoyCheckerBuilder builder) {
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A proof of that role, as {@code authorization} has it. */
  String proof(String role) {
    return Proof.of(rolecall.as(role));
  }

  Answered ask(Asked asked) {
    return new Answered(
        AuthorizationGrpc.newBlockingStub(channel)
            .withDeadlineAfter(20, TimeUnit.SECONDS)
            .check(asked.request()));
  }

  /** The same with bytes that need not be a Check. */
  Answered ask(byte[] bytes) {
    return new Answered(
        ClientCalls.blockingUnaryCall(
            channel,
            AuthorizationGrpc.getCheckMethod().toBuilder(
                    new RawBytes(), AuthorizationGrpc.getCheckMethod().getResponseMarshaller())
                .build(),
            io.grpc.CallOptions.DEFAULT.withDeadlineAfter(20, TimeUnit.SECONDS),
            bytes));
  }

  double checks(String result) {
    return recorded.sum("rolecall.checker.checks{audience=orders,result=" + result + "}");
  }

  @Override
  public void close() {
    channel.shutdownNow();
    checker.close();
  }
}
