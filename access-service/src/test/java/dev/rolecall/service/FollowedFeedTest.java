package dev.rolecall.service;

import static dev.rolecall.identity.RefusalReason.CALLER_LOCKED;
import static dev.rolecall.identity.RefusalReason.GRANT_REVOKED;
import static dev.rolecall.service.StatedCallers.ANA;
import static dev.rolecall.service.StatedCallers.BEN;
import static dev.rolecall.service.StatedCallers.LEE;
import static dev.rolecall.service.StatedCallers.ORDERS;
import static dev.rolecall.service.StatedCallers.SECURITY;
import static dev.rolecall.service.StatedCallers.STRANGER;
import static dev.rolecall.service.StatedCallers.UNKNOWN_ENGINEER;
import static dev.rolecall.service.Steps.lockOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import dev.rolecall.access.grant.Grants;
import dev.rolecall.access.grant.Holding;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.grants.GrantFeed;
import dev.rolecall.grants.v1.AccessRequest;
import dev.rolecall.grants.v1.ExtendGrantRequest;
import dev.rolecall.grants.v1.Grant;
import dev.rolecall.grants.v1.ListEnforcersRequest;
import dev.rolecall.grants.v1.ListPermissionsRequest;
import dev.rolecall.grants.v1.LockRequest;
import dev.rolecall.grants.v1.LockState;
import dev.rolecall.grants.v1.RevokeGrantRequest;
import dev.rolecall.grants.v1.RevokeGrantResponse;
import dev.rolecall.grants.v1.WhoAmIRequest;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.policy.grant.PermissionName;
import dev.rolecall.service.rules.Directory;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that follows the feed of a node: both as they are delivered, over real calls. */
class FollowedFeedTest extends OnOneNode {

  private static final PermissionName READ = PermissionName.of("orders-read");

  private static AccessRuntime runtime;
  private static Grants grants;

  @BeforeAll
  static void startToFollow() {
    runtime = AccessRuntime.ofDefaults();
    grants = follow(ORDERS, "orders-1");
    await().until(() -> reason(BEN) == RefusalReason.GRANT_REQUIRED);
  }

  @AfterAll
  static void stopToFollow() {
    grants.close();
    runtime.close();
  }

  private static Grants follow(Caller caller, String name) {
    Grants followed =
        GrantFeed.over("access", () -> node.newChannelOf(caller)).name(name).open(runtime);
    followed.require(Set.of(READ));
    return followed;
  }

  private static Holding holding(Caller caller) {
    return grants.holding(caller, READ, Optional.empty());
  }

  private static RefusalReason reason(Caller caller) {
    return holding(caller).reason();
  }

  @Test
  void grant_isHeldByItsPersonUntilItIsRevokedAndConfirmed() {
    Grant grant = steps.granted(ANA);
    Holding holding = holding(ANA);
    await().until(holding::isHeld);
    assertThat(holding.end().toEpochMilli()).isEqualTo(Steps.millis(grant.getEndsAt()));
    assertThat(holding(BEN).isHeld()).isFalse();

    RevokeGrantResponse revoked =
        node.as(SECURITY)
            .revokeGrant(
                RevokeGrantRequest.newBuilder()
                    .setGrantId(grant.getId())
                    .setReason("over")
                    .setWait(Duration.newBuilder().setSeconds(10))
                    .build());

    assertThat(revoked.getUnconfirmedList()).isEmpty();
    assertThat(holding.isHeld()).isFalse();
    assertThat(holding.reason()).isEqualTo(GRANT_REVOKED);
  }

  @Test
  void grant_thatIsExtended_isHeldLonger() {
    Grant grant = steps.granted(BEN);
    Holding holding = holding(BEN);
    await().until(holding::isHeld);
    long before = holding.end().toEpochMilli();

    AccessRequest asked =
        node.as(BEN)
            .extendGrant(
                ExtendGrantRequest.newBuilder()
                    .setGrantId(grant.getId())
                    .setDuration(Steps.minutes(50))
                    .setReason("not done")
                    .build());
    steps.approve(LEE, asked.getId());

    await().until(() -> holding.end().toEpochMilli() > before);
    steps.revoke(SECURITY, grant.getId());
    await().until(() -> !holding.isHeld());
  }

  @Test
  void lock_meansThePersonAndCallersThatMayBe() {
    LockState lock = steps.lock(lockOf("corp/ana@example.com"));

    await().until(() -> grants.isLocked(ANA));
    assertThat(grants.isLocked(UNKNOWN_ENGINEER)).isTrue();
    assertThat(grants.isLocked(BEN)).isFalse();
    assertThat(reason(ANA)).isEqualTo(CALLER_LOCKED);
    steps.unlock(lock.getId());
    await().until(() -> !grants.isLocked(ANA));
  }

  @Test
  void lock_thatTheServiceTakes_isOneThatServersRead() {
    String kelvin = "\u212a";
    List<LockRequest.Builder> hostile =
        List.of(
            lockOf("corp/" + "a".repeat(300)),
            lockOf("corp/\u03d2na@example.com"),
            lockOf("corp/" + kelvin + "ate"),
            lockOf("out/" + "x".repeat(300)),
            lockOf("corp/ben@example.com").setUntil(seconds(253_402_300_800L)),
            lockOf("corp/ben@example.com").setUntil(seconds(Long.MAX_VALUE)),
            lockOf("corp/ben@example.com").setUntil(seconds(253_402_300_799L)),
            lockOf("out/x").setIssuedBefore(seconds(-1)),
            lockOf("out/x").setIssuedBefore(seconds(0)),
            lockOf("out/x").setIssuedBefore(Timestamp.newBuilder().setNanos(999_999).build()),
            lockOf("out/x").setIssuedBefore(seconds(1)));

    List<LockState> taken = hostile.stream().flatMap(each -> tried(each).stream()).toList();

    assertThat(taken).hasSize(2);
    LockState last = tried(lockOf("corp/ana@example.com")).orElseThrow();
    await().until(() -> grants.isLocked(ANA));
    Stream.concat(taken.stream(), Stream.of(last)).map(LockState::getId).forEach(steps::unlock);
    await().until(() -> !grants.isLocked(ANA));
  }

  @Test
  void lock_inADirectoryOfManyRoles_isOneThatServersRead(@TempDir Path many) throws IOException {
    String roles =
        IntStream.range(0, Directory.PermissionSets.MOST_ROLES - 2)
            .mapToObj(
                each ->
                    "      - {account: \"444455556666\", permission_set: S%d, role_id: AROAMANY%08d}"
                        .formatted(each, each))
            .collect(Collectors.joining("\n", "    roles:\n", ""));
    Files.writeString(many.resolve("rules.yaml"), AccessNode.RULES.replace("    roles:", roles));
    try (AccessNode other = AccessNode.start(many);
        Grants followed =
            GrantFeed.over("access", () -> other.newChannelOf(ORDERS)).name("many").open(runtime)) {
      followed.require(Set.of(READ));
      var unused = other.as(SECURITY).lock(lockOf("corp/ana@example.com").build());

      await().until(() -> followed.isLocked(ANA));
      assertThat(followed.isLocked(BEN)).isFalse();
    }
  }

  @Test
  void lockedPerson_whoseDirectoryIsRenamed_staysLocked(@TempDir Path renamed) {
    try (AccessNode other = AccessNode.start(renamed);
        Grants followed =
            GrantFeed.over("access", () -> other.newChannelOf(ORDERS)).name("own").open(runtime)) {
      followed.require(Set.of(READ));
      var unused = other.as(SECURITY).lock(lockOf("corp/ana@example.com").build());
      await().until(() -> followed.isLocked(ANA));

      other.replaceRules(AccessNode.RULES.replace("corp", "staff"));

      await()
          .until(
              () ->
                  other
                      .as(ANA)
                      .whoAmI(WhoAmIRequest.getDefaultInstance())
                      .getCaller()
                      .getPerson()
                      .startsWith("staff/"));
      assertThat(
              Failed.of(
                      () ->
                          other
                              .as(ANA)
                              .listPermissions(ListPermissionsRequest.getDefaultInstance()))
                  .reason())
          .isEqualTo("CALLER_LOCKED");
      await()
          .during(java.time.Duration.ofMillis(300))
          .until(() -> followed.isLocked(ANA) && followed.isLocked(UNKNOWN_ENGINEER));
      assertThat(followed.isLocked(BEN)).isFalse();
    }
  }

  private static Timestamp seconds(long seconds) {
    return Timestamp.newBuilder().setSeconds(seconds).build();
  }

  private static Optional<LockState> tried(LockRequest.Builder request) {
    try {
      return Optional.of(steps.lock(request));
    } catch (StatusRuntimeException e) {
      assertThat(Failed.of(e).reason()).isEqualTo("ARGUMENT_INVALID");
      return Optional.empty();
    }
  }

  @Test
  void server_isListedWithWhatItConfirmed() {
    await()
        .until(
            () ->
                node
                    .as(SECURITY)
                    .listEnforcers(ListEnforcersRequest.getDefaultInstance())
                    .getEnforcersList()
                    .stream()
                    .anyMatch(each -> each.getNode().equals("orders-1") && each.getConnected()));
  }

  @Test
  void server_thatIsNoEnforcer_hearsNothing() {
    try (Grants refused = follow(STRANGER, "stranger")) {
      assertThat(refused.holding(ANA, READ, Optional.empty()).reason())
          .isEqualTo(RefusalReason.GRANTS_STALE);
    }
  }
}
