package dev.rolecall.service.internal.feed;

import dev.rolecall.grants.v1.FeedLock;
import dev.rolecall.grants.v1.Locked;
import dev.rolecall.service.request.AccessLock;
import dev.rolecall.service.request.LockTarget;
import dev.rolecall.service.rules.Directory;
import dev.rolecall.service.rules.People;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Locks as enforcers hear of them. */
final class FeedMessages {

  /** The last millisecond of the year 9999. */
  private static final long LATEST = 253_402_300_799_999L;

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

  /** A time that servers read, also of a lock that another release has set. 0 is none. */
  private static long millis(Optional<Instant> time) {
    return time.map(at -> Math.min(LATEST, Math.max(1, at.toEpochMilli()))).orElse(0L);
  }

  private static Stream<Locked> locked(LockTarget target, People people) {
    String principal = target.principal().orElse("");
    return switch (target.kind()) {
      case PERSON -> person(target.value(), people);
      case ROLE ->
          Stream.of(Locked.newBuilder().setRoleId(target.value()).setPrincipal(principal).build());
      case ACCESS_KEY ->
          Stream.of(
              Locked.newBuilder().setAccessKeyId(target.value()).setPrincipal(principal).build());
    };
  }

  private static Stream<Locked> person(String person, People people) {
    String name = person.substring(person.indexOf('/') + 1);
    Directory directory = people.directoryOf(person).orElse(null);
    if (directory instanceof Directory.PermissionSets sets) {
      return sets.roles().stream()
          .map(
              role ->
                  Locked.newBuilder()
                      .setPrincipal(role.set().toString())
                      .setRoleId(role.id().value())
                      .setSessionName(name.toLowerCase(Locale.ROOT))
                      .build());
    }
    return directory instanceof Directory.IssuerSubjects subjects
        ? Stream.of(
            Locked.newBuilder().setPrincipal("oidc:" + subjects.issuer() + ":" + name).build())
        : Stream.empty();
  }
}
