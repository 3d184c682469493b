package dev.rolecall.access;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.audit.AuditCondition;
import dev.rolecall.access.audit.AuditOutcome;
import dev.rolecall.access.audit.AuditRecord;
import dev.rolecall.access.call.CallOrigin;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.access.scheme.Answer;
import dev.rolecall.access.scheme.Credential;
import dev.rolecall.access.scheme.FakeScheme;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.pattern.RolePattern;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.PolicyBuilder;
import dev.rolecall.policy.PolicyRule;
import dev.rolecall.policy.condition.CallConditions;
import dev.rolecall.policy.grant.GrantRequirement;
import dev.rolecall.testsupport.ManualScheduler;
import dev.rolecall.testsupport.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An engine without a door: one fake scheme, a policy that the test changes, time that stands
 * still, and all work on the test's thread.
 */
final class AccessBench implements AutoCloseable {

  static final String SAY = "test.v1.Echo/Say";
  static final String OPEN = "test.v1.Echo/Open";
  static final String PEER = "198.51.100.1";
  static final Duration LIFE = Duration.ofMinutes(15);

  final ManualTime time = new ManualTime();
  final ManualScheduler scheduler = new ManualScheduler(time);
  final FakeScheme scheme = new FakeScheme("key");
  final ManualPolicies policies = new ManualPolicies(allowing("checkout"));
  final List<AuditRecord> records = new ArrayList<>();
  final FakeGrants grants = new FakeGrants(time);
  final AccessControl access;
  final ConnectionMemo connection;

  /** The ticker as the engine reads it. */
  LongSupplier ticker = time::nanos;

  AccessBench() {
    this(options -> options);
  }

  AccessBench(UnaryOperator<AccessControlBuilder> options) {
    this((builder, unused) -> options.apply(builder));
  }

  /** One that follows {@link #grants}. */
  static AccessBench withGrants() {
    return withGrants(options -> options);
  }

  static AccessBench withGrants(UnaryOperator<AccessControlBuilder> options) {
    return new AccessBench((builder, grants) -> options.apply(builder.grants(grants)));
  }

  private AccessBench(BiFunction<AccessControlBuilder, FakeGrants, AccessControlBuilder> options) {
    this.access =
        options
            .apply(
                AccessControl.builder(policies)
                    .accept(scheme)
                    .audit(AuditRules.ofDefaults().to(records::add).on(AuditCondition.BOTH))
                    .runtime(
                        AccessRuntime.builder()
                            .clock(time)
                            .ticker(() -> ticker.getAsLong())
                            .lookUpExecutor(Runnable::run)
                            .applicationExecutor(Runnable::run)
                            .endExecutor(Runnable::run)
                            .scheduler(scheduler)
                            .build()),
                grants)
            .build();
    this.connection = connection();
  }

  /** Allows that role every method of the service; the method {@link #OPEN} is public. */
  static AccessPolicy allowing(String role) {
    return AccessPolicy.builder("test")
        .allow(
            "the test's",
            List.of(RolePattern.parse("arn:aws:iam::111122223333:role/" + role)),
            "/test.v1.Echo/*")
        .publicMethods("/" + OPEN)
        .build();
  }

  /** Allows checkout the method {@link #SAY} while it holds a grant of the permission. */
  static AccessPolicy requiring(GrantRequirement requirement) {
    return granting(AccessPolicy.builder("granted"), "by grant", requirement).build();
  }

  /** The same, as one rule of several. */
  static PolicyBuilder granting(PolicyBuilder policy, String rule, GrantRequirement requirement) {
    return policy.allow(
        rule,
        PolicyRule.Source.of(List.of(RolePattern.parse("arn:aws:iam::111122223333:role/checkout")))
            .requiring(requirement),
        CallConditions.none(),
        "/" + SAY);
  }

  static AccessPolicy denyingAll() {
    return AccessPolicy.builder("closed").build();
  }

  /** A session of the role, whose credential lapses in a quarter of an hour. */
  Caller checkout() {
    return FakeScheme.caller("checkout", time.instant().plus(LIFE));
  }

  Answer yes() {
    return FakeScheme.yes(checkout());
  }

  ConnectionMemo connection() {
    return access.connection(PEER, Optional.empty(), null);
  }

  ConnectionMemo connectionOf(Credential presented) {
    return access.connection(PEER, Optional.empty(), presented);
  }

  Outcome check(String credential) {
    return check(SAY, connection, FakeScheme.header(credential));
  }

  /** The answer about a call; one without a credential is refused if that is looked at. */
  Outcome check(String method, ConnectionMemo connection, @Nullable Credential credential) {
    return access.check(
        access.method(method, true),
        connection,
        credential == null ? Credential.ambiguous() : credential);
  }

  /** The answer about a call with those headers. */
  Outcome check(ConnectionMemo connection, String credential, Map<String, String> headers) {
    return access.check(
        access.method(SAY, true),
        connection,
        FakeScheme.header(credential),
        headers,
        FakeHeaders.READER);
  }

  /** A call as records name it. */
  CallRequest call(String method, ConnectionMemo connection) {
    CalledMethod called = access.method(method, true);
    return new CallRequest() {
      @Override
      public CalledMethod method() {
        return called;
      }

      @Override
      public ConnectionMemo connection() {
        return connection;
      }

      @Override
      public CallOrigin origin() {
        return connection.origin();
      }
    };
  }

  static Admission admitted(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Admission.class);
    return (Admission) outcome;
  }

  static Refusal refused(@Nullable Outcome outcome) {
    assertThat(outcome).isInstanceOf(Refusal.class);
    return (Refusal) requireNonNull(outcome, "outcome");
  }

  static Pending pending(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Pending.class);
    return (Pending) outcome;
  }

  /** The records so far, each as its kind and reason. */
  List<String> recorded() {
    return records.stream()
        .map(
            each ->
                each.outcome()
                    .fold(
                        allowed -> "allowed",
                        refused -> "refused " + refused.reason(),
                        ended -> "ended " + ended.reason(),
                        instead -> "instead of " + instead.wouldHave() + " " + instead.reason(),
                        AuditOutcome.ShadowDiffers::toString))
        .toList();
  }

  @Override
  public void close() {
    access.close();
    scheduler.shutdownNow();
  }
}
