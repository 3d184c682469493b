package dev.rolecall.service.internal.feed;

import dev.rolecall.grants.v1.FeedLock;
import dev.rolecall.grants.v1.Locked;
import dev.rolecall.identity.RoleId;
import dev.rolecall.service.request.AccessLock;
import dev.rolecall.service.request.LockTarget;
import dev.rolecall.service.request.Subject;
import dev.rolecall.service.rules.Directory;
import dev.rolecall.service.rules.People;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** Locks as enforcers hear of them. */
final class FeedMessages {

  /** The last millisecond of the year 9999. */
  private static final long LATEST = 253_402_300_799_999L;

  /** The most that servers read: those of a directory now, and those of the lock. */
  private static final int MOST_PARTS = 2 * Directory.PermissionSets.MOST_ROLES;

  private FeedMessages() {}

  /**
   * A lock, as the callers that it means. A person is each session of that name in each role of the
   * directory. The permission set stands for the role's name, whose end is random. A lock that was
   * lifted means no callers.
   */
  static FeedLock lock(AccessLock lock, People people) {
    FeedLock.Builder message =
        FeedLock.newBuilder()
            .setId(lock.id())
            .setRevision(lock.revision())
            .setUnlocked(lock.unlocked().isPresent())
            .setUntilMs(millis(lock.limits().until()))
            .setIssuedBeforeMs(millis(lock.limits().issuedBefore()));
    if (lock.unlocked().isEmpty()) {
      locked(lock.target(), people).forEach(message::addLocked);
    }
    return message.build();
  }

  /**
   * A time that servers read, also of a lock that another release has set. 0 says that there is no
   * time.
   */
  private static long millis(Optional<Instant> time) {
    return time.map(at -> Math.min(LATEST, Math.max(1, at.toEpochMilli()))).orElse(0L);
  }

  private static Stream<Locked> locked(LockTarget target, People people) {
    String principal = target.principal().orElse("");
    return switch (target.kind()) {
      case PERSON -> LockMatch.subjects(target, people).limit(MOST_PARTS).map(FeedMessages::person);
      case ROLE ->
          Stream.of(Locked.newBuilder().setRoleId(target.value()).setPrincipal(principal).build());
      case ACCESS_KEY ->
          Stream.of(
              Locked.newBuilder().setAccessKeyId(target.value()).setPrincipal(principal).build());
    };
  }

  private static Locked person(Subject subject) {
    return Locked.newBuilder()
        .setPrincipal(subject.principal())
        .setRoleId(subject.roleId().map(RoleId::value).orElse(""))
        .setSessionName(subject.sessionName().orElse(""))
        .build();
  }
}
