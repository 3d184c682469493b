package dev.rolecall.grants;

import dev.rolecall.access.grant.Grants;
import dev.rolecall.access.grant.Holding;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.grants.v1.FeedLock;
import dev.rolecall.grants.v1.FeedMessage;
import dev.rolecall.grants.v1.GrantState;
import dev.rolecall.grants.v1.Holder;
import dev.rolecall.grants.v1.Locked;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.Evidence;
import dev.rolecall.identity.IamRole;
import dev.rolecall.identity.OidcSubject;
import dev.rolecall.identity.RoleArn;
import dev.rolecall.policy.grant.PermissionName;
import dev.rolecall.policy.grant.ResourceName;
import dev.rolecall.testsupport.ManualScheduler;
import dev.rolecall.testsupport.ManualTime;
import dev.rolecall.testsupport.RecordedTelemetry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A server that follows a feed of one node, both on the test's thread. The service's clock is one
 * hour ahead of the server's, unless a test says otherwise.
 */
final class Bench implements AutoCloseable {

  static final String ROLE = "AROAEXAMPLEENGINEER1";
  static final String ARN = "arn:aws:iam::111122223333:role/Engineer";
  static final PermissionName ADMIN = PermissionName.of("orders-admin");
  static final String EPOCH = "epoch-1";

  final ManualTime time = new ManualTime();
  final ManualScheduler scheduler = new ManualScheduler(time);
  final RecordedTelemetry telemetry = new RecordedTelemetry();
  final FeedServer node = new FeedServer();
  final AccessRuntime runtime = runtime();
  private @Nullable Grants grants;
  private long revision;

  /** When the service's clock said what {@link #serviceMillis} starts from, by the ticker. */
  private final long origin = time.nanos();

  private Instant serviceStart = ManualTime.START.plus(Duration.ofHours(1));
  private int changes;

  private AccessRuntime runtime() {
    return AccessRuntime.builder()
        .clock(time)
        .ticker(time::nanos)
        .random(new Random(1))
        .openTelemetry(telemetry.telemetry())
        .scheduler(scheduler)
        .lookUpExecutor(Runnable::run)
        .build();
  }

  /** Follows the node. */
  Grants follow() {
    return follow(feed -> feed);
  }

  /** Follows the node with those options, and requires one permission. */
  Grants follow(UnaryOperator<GrantFeed> options) {
    return follow(options.apply(GrantFeed.over("access.internal:443", node::channel)));
  }

  /** Follows that feed, and requires one permission. */
  Grants follow(GrantFeed feed) {
    Grants opened = feed.open(runtime);
    opened.onChange(() -> changes++);
    grants = opened;
    opened.require(Set.of(ADMIN));
    return opened;
  }

  Grants grants() {
    if (grants == null) {
      throw new IllegalStateException("not followed");
    }
    return grants;
  }

  /** How often a listener was told of a change. */
  int changes() {
    return changes;
  }

  /** The service's clock from now on. */
  void serviceClock(Instant now) {
    serviceStart = now.minusNanos(time.nanos() - origin);
  }

  /** The service's time now. */
  Instant service() {
    return serviceStart.plusNanos(time.nanos() - origin);
  }

  long serviceMillis() {
    return service().toEpochMilli();
  }

  /** A message of the service at its time now, one revision on. */
  FeedMessage.Builder message() {
    return heartbeat().setRevision(++revision);
  }

  /** A heartbeat of the service at its time now. */
  FeedMessage.Builder heartbeat() {
    return FeedMessage.newBuilder()
        .setEpoch(EPOCH)
        .setRevision(revision)
        .setServerTimeMs(serviceMillis());
  }

  long revision() {
    return revision;
  }

  /** Tells of a grant. */
  void tell(GrantState.Builder grant) {
    FeedMessage.Builder message = message();
    node.say(message.addGrants(grant.setRevision(revision)));
  }

  /** Tells of a lock. */
  void tell(FeedLock.Builder lock) {
    FeedMessage.Builder message = message();
    node.say(message.addLocks(lock.setRevision(revision)));
  }

  /** Lets time pass, with a heartbeat each second. */
  void pass(Duration duration) {
    for (long left = duration.toMillis(); left > 0; left -= 1_000) {
      scheduler.pass(Duration.ofMillis(Math.min(left, 1_000)));
      node.say(heartbeat());
    }
  }

  /** A grant of the permission to the role, from now on. */
  GrantState.Builder roleGrant(String id, Duration length) {
    return GrantState.newBuilder()
        .setId(id)
        .setVersion(1)
        .setPermission(ADMIN.value())
        .setHolder(Holder.newBuilder().setPrincipal(ARN).setRoleId(ROLE))
        .setStartsAtMs(serviceMillis())
        .setEndsAtMs(serviceMillis() + length.toMillis());
  }

  /** The same to a person who uses the role. */
  GrantState.Builder personGrant(String id, String session, Duration length) {
    GrantState.Builder grant = roleGrant(id, length);
    grant.getHolderBuilder().setSessionName(session);
    return grant;
  }

  static FeedLock.Builder lock(String id, Locked.Builder locked) {
    return FeedLock.newBuilder().setId(id).addLocked(locked);
  }

  static Caller caller() {
    return caller("Alice@corp");
  }

  static Caller caller(String session) {
    return caller(IamRole.of(ARN, ROLE), Optional.of(session), Optional.of("ASIAEXAMPLEKEY000001"));
  }

  /** A caller of the role by a token that does not say its id, its session or its access key. */
  static Caller callerOfUnknown() {
    return caller(
        IamRole.ofUnknownId(RoleArn.parse(ARN)), Optional.empty(), Optional.of("a-token-id"));
  }

  static Caller caller(IamRole role, Optional<String> session, Optional<String> credentialId) {
    return Caller.of(
        role,
        new Evidence(
            "aws-iam", Evidence.Carrier.CALL_METADATA, session, credentialId, List.of(), true),
        ManualTime.START.plus(Duration.ofDays(1)));
  }

  static Caller subject(String subject) {
    return Caller.of(
        OidcSubject.of("okta", subject),
        Evidence.of("oidc", Evidence.Carrier.CALL_METADATA),
        ManualTime.START.plus(Duration.ofDays(1)));
  }

  Holding holding(Caller caller) {
    return grants().holding(caller, ADMIN, Optional.empty());
  }

  Holding holding(Caller caller, String resource) {
    return grants().holding(caller, ADMIN, Optional.of(ResourceName.of(resource)));
  }

  /** Whether the usual caller holds the permission by a question of its own. */
  boolean isHeld() {
    return holding(caller()).isHeld();
  }

  @Override
  public void close() {
    if (grants != null) {
      grants.close();
    }
    node.close();
    runtime.close();
    scheduler.close();
  }
}
