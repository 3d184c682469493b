package dev.rolecall.tests.access.faults;

import com.google.protobuf.Duration;
import dev.rolecall.grants.v1.AccessRequest;
import dev.rolecall.grants.v1.Decision;
import dev.rolecall.grants.v1.ExtendGrantRequest;
import dev.rolecall.grants.v1.GetAccessRequestRequest;
import dev.rolecall.grants.v1.GetGrantRequest;
import dev.rolecall.grants.v1.Grant;
import dev.rolecall.grants.v1.GrantStatus;
import dev.rolecall.grants.v1.ListLocksRequest;
import dev.rolecall.grants.v1.ListLocksResponse;
import dev.rolecall.grants.v1.LockRequest;
import dev.rolecall.grants.v1.LockState;
import dev.rolecall.grants.v1.LockTarget;
import dev.rolecall.grants.v1.RequestAccessRequest;
import dev.rolecall.grants.v1.RequestState;
import dev.rolecall.grants.v1.ReviewAccessRequest;
import dev.rolecall.grants.v1.RevokeGrantRequest;
import dev.rolecall.grants.v1.UnlockRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Changes who is entitled, at any node. An answer that leaves open whether a change was made is
 * followed by the same call at the next node, until one says that it was. Safe for use by many
 * threads.
 */
final class Transitions {

  private static final Set<Status.Code> OUTAGES =
      Set.of(
          Status.Code.UNAVAILABLE,
          Status.Code.DEADLINE_EXCEEDED,
          Status.Code.CANCELLED,
          Status.Code.RESOURCE_EXHAUSTED);

  private static final String REASON = "a run of faults";
  private static final long PATIENCE = RunTime.millis(120_000);
  private static final long MINUTE = 60;

  private final List<NodeClient> nodes;
  private final NodeClient steady;
  private final RunTime time;
  private final AtomicLong turn = new AtomicLong();
  private final AtomicLong keys = new AtomicLong();
  private final AtomicLong unsure = new AtomicLong();

  /**
   * Changes at those nodes.
   *
   * @param steady the node that is never frozen
   */
  Transitions(List<NodeClient> nodes, NodeClient steady, RunTime time) {
    this.nodes = List.copyOf(nodes);
    this.steady = steady;
    this.time = time;
  }

  /** How many answers left open what had happened. */
  long unsure() {
    return unsure.get();
  }

  /** What any node says in the end. Another failure than an outage is thrown. */
  <T> T done(Function<NodeClient, T> call) {
    return done(() -> nodes.get((int) (turn.getAndIncrement() % nodes.size())), call);
  }

  private <T> T done(Supplier<NodeClient> nodes, Function<NodeClient, T> call) {
    long began = time.now();
    while (true) {
      NodeClient node = nodes.get();
      try {
        return call.apply(node);
      } catch (StatusRuntimeException e) {
        if (!OUTAGES.contains(e.getStatus().getCode()) || time.now() - began > PATIENCE) {
          throw e;
        }
        unsure.incrementAndGet();
        pause();
      }
    }
  }

  private static void pause() {
    try {
      var unused = new CountDownLatch(1).await(50, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean isWrongState(StatusRuntimeException e) {
    return e.getStatus().getCode() == Status.Code.FAILED_PRECONDITION;
  }

  private static Duration seconds(long seconds) {
    return Duration.newBuilder().setSeconds(seconds).build();
  }

  /** A request takes no less than a minute; its review may narrow it. */
  private static Duration asked(long seconds) {
    return seconds(Math.max(seconds, MINUTE));
  }

  /** Has the permission given to a person, for so many seconds from the approval on. */
  GrantStory grant(String holder, long seconds) {
    RequestAccessRequest ask =
        RequestAccessRequest.newBuilder()
            .setPermission(Staff.PERMISSION)
            .setDuration(asked(seconds))
            .setReason(REASON)
            .setBeneficiary(Staff.person(holder))
            .setBeneficiaryPermissionSet(Staff.ENGINEER.name())
            .setIdempotencyKey("ask-" + keys.incrementAndGet())
            .build();
    AccessRequest request = done(node -> node.asker().requestAccess(ask));
    long called = time.now();
    AccessRequest approved =
        approved(request, seconds)
            .orElseThrow(() -> new AssertionError("not approved: " + request.getId()));
    Grant grant = read(approved.getGrantId());
    return new GrantStory(
        grant.getId(),
        new GrantStory.Change(called, time.now()),
        time.at(grant.getStartsAt()),
        time.at(grant.getEndsAt()));
  }

  /** The request, if it is approved now: by this or by an attempt whose answer was lost. */
  private Optional<AccessRequest> approved(AccessRequest request, long seconds) {
    ReviewAccessRequest yes =
        ReviewAccessRequest.newBuilder()
            .setId(request.getId())
            .setDecision(Decision.APPROVE)
            .setDuration(seconds(seconds))
            .setReason(REASON)
            .build();
    try {
      return Optional.of(done(node -> node.reviewer().reviewAccess(yes)));
    } catch (StatusRuntimeException e) {
      if (!isWrongState(e)) {
        throw e;
      }
      GetAccessRequestRequest id =
          GetAccessRequestRequest.newBuilder().setId(request.getId()).build();
      return Optional.of(done(node -> node.reviewer().getAccessRequest(id)))
          .filter(now -> now.getState() == RequestState.APPROVED);
    }
  }

  Grant read(String grant) {
    GetGrantRequest id = GetGrantRequest.newBuilder().setId(grant).build();
    return done(node -> node.admin().getGrant(id));
  }

  /** Extends a grant to so many seconds from now; false if it has ended before. */
  boolean extend(GrantStory grant, long seconds) {
    ExtendGrantRequest ask =
        ExtendGrantRequest.newBuilder()
            .setGrantId(grant.id())
            .setDuration(asked(seconds))
            .setReason(REASON)
            .setIdempotencyKey("extend-" + keys.incrementAndGet())
            .build();
    long called = time.now();
    boolean extended;
    try {
      AccessRequest request = done(node -> node.asker().extendGrant(ask));
      extended = approved(request, seconds).isPresent();
    } catch (StatusRuntimeException e) {
      if (!isWrongState(e)) {
        throw e;
      }
      extended = false;
    }
    if (extended) {
      long end = time.at(read(grant.id()).getEndsAt());
      grant.extended(new GrantStory.Change(called, time.now()), end);
    }
    return extended;
  }

  /** Revokes a grant, unless it has ended. */
  void revoke(GrantStory grant) {
    RevokeGrantRequest revoke =
        RevokeGrantRequest.newBuilder().setGrantId(grant.id()).setReason(REASON).build();
    long called = time.now();
    try {
      var unused = done(node -> node.admin().revokeGrant(revoke));
    } catch (StatusRuntimeException e) {
      if (!isWrongState(e)) {
        throw e;
      }
      if (read(grant.id()).getState() != GrantStatus.REVOKED) {
        return;
      }
    }
    grant.revoked(new GrantStory.Change(called, time.now()));
  }

  /**
   * Locks a person. There may be several locks then, where an answer was lost. A frozen node would
   * set another one when it goes on, so it is not asked.
   */
  GrantStory.Change lock(String holder) {
    LockRequest lock = LockRequest.newBuilder().setTarget(target(holder)).setReason(REASON).build();
    long called = time.now();
    var unused = done(() -> steady, node -> node.admin().lock(lock));
    return new GrantStory.Change(called, time.now());
  }

  private static LockTarget target(String holder) {
    return LockTarget.newBuilder().setPerson(Staff.person(holder)).build();
  }

  /** Lifts all locks of a person. */
  GrantStory.Change unlock(String holder) {
    long called = time.now();
    String page = "";
    do {
      ListLocksRequest list =
          ListLocksRequest.newBuilder().setPageSize(500).setPageToken(page).build();
      ListLocksResponse locks = done(node -> node.admin().listLocks(list));
      for (LockState lock : locks.getLocksList()) {
        if (!lock.getUnlocked() && lock.getTarget().equals(target(holder))) {
          UnlockRequest unlock =
              UnlockRequest.newBuilder().setId(lock.getId()).setReason(REASON).build();
          var unused = done(node -> node.admin().unlock(unlock));
        }
      }
      page = locks.getNextPageToken();
    } while (!page.isEmpty());
    return new GrantStory.Change(called, time.now());
  }
}
