package dev.rolecall.service;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import dev.rolecall.grants.v1.AccessRequest;
import dev.rolecall.grants.v1.Decision;
import dev.rolecall.grants.v1.Enforcer;
import dev.rolecall.grants.v1.GetGrantRequest;
import dev.rolecall.grants.v1.Grant;
import dev.rolecall.grants.v1.ListEnforcersRequest;
import dev.rolecall.grants.v1.LockRequest;
import dev.rolecall.grants.v1.LockState;
import dev.rolecall.grants.v1.LockTarget;
import dev.rolecall.grants.v1.RequestAccessRequest;
import dev.rolecall.grants.v1.ReviewAccessRequest;
import dev.rolecall.grants.v1.RevokeGrantRequest;
import dev.rolecall.grants.v1.RevokeGrantResponse;
import dev.rolecall.grants.v1.UnlockRequest;
import dev.rolecall.identity.Caller;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** The usual calls of tests, each in one line. */
record Steps(AccessNode node) {

  private static final java.time.Duration LOOK = java.time.Duration.ofMillis(5);

  static RequestAccessRequest.Builder ordersAdmin() {
    return RequestAccessRequest.newBuilder()
        .setPermission("orders-admin")
        .setDuration(minutes(60))
        .setReason("order 7 is stuck")
        .setTicket("OPS-7");
  }

  static RequestAccessRequest.Builder ordersRead() {
    return RequestAccessRequest.newBuilder()
        .setPermission("orders-read")
        .setDuration(minutes(30))
        .setReason("a report");
  }

  /** Waits as usual, and looks often: what is waited for is a matter of milliseconds. */
  static ConditionFactory soon() {
    return Awaitility.await().pollDelay(java.time.Duration.ZERO).pollInterval(LOOK);
  }

  static Duration minutes(long minutes) {
    return Duration.newBuilder().setSeconds(60 * minutes).build();
  }

  static Timestamp time(long millis) {
    return Timestamp.newBuilder()
        .setSeconds(millis / 1000)
        .setNanos((int) (millis % 1000) * 1_000_000)
        .build();
  }

  static long millis(Timestamp time) {
    return time.getSeconds() * 1000 + time.getNanos() / 1_000_000;
  }

  /** A lock of a person, as an administrator asks for it. */
  static LockRequest.Builder lockOf(String person) {
    return lockOf(LockTarget.newBuilder().setPerson(person));
  }

  static LockRequest.Builder lockOf(LockTarget.Builder target) {
    return LockRequest.newBuilder().setTarget(target).setReason("a lost laptop");
  }

  LockState lock(LockRequest.Builder request) {
    return node.as(StatedCallers.SECURITY).lock(request.build());
  }

  LockState unlock(String id) {
    return node.as(StatedCallers.SECURITY)
        .unlock(UnlockRequest.newBuilder().setId(id).setReason("found").build());
  }

  AccessRequest ask(Caller caller, RequestAccessRequest.Builder request) {
    return node.as(caller).requestAccess(request.build());
  }

  AccessRequest approve(Caller reviewer, String id) {
    return review(reviewer, id, Decision.APPROVE);
  }

  AccessRequest review(Caller reviewer, String id, Decision decision) {
    return node.as(reviewer)
        .reviewAccess(
            ReviewAccessRequest.newBuilder()
                .setId(id)
                .setDecision(decision)
                .setReason("seen")
                .build());
  }

  /** A grant of orders-read, which one lead approves. */
  Grant granted(Caller holder) {
    AccessRequest asked = ask(holder, ordersRead());
    String grant = approve(StatedCallers.LEE, asked.getId()).getGrantId();
    return grant(holder, grant);
  }

  Grant grant(Caller caller, String id) {
    return node.as(caller).getGrant(GetGrantRequest.newBuilder().setId(id).build());
  }

  RevokeGrantResponse revoke(Caller caller, String grant) {
    return node.as(caller)
        .revokeGrant(
            RevokeGrantRequest.newBuilder().setGrantId(grant).setReason("no need").build());
  }

  /** The revision that the server of that name has confirmed. */
  long confirmedBy(String name) {
    return node
        .as(StatedCallers.SECURITY)
        .listEnforcers(ListEnforcersRequest.getDefaultInstance())
        .getEnforcersList()
        .stream()
        .filter(each -> each.getNode().equals(name))
        .mapToLong(Enforcer::getAcknowledgedRevision)
        .max()
        .orElse(-1);
  }
}
