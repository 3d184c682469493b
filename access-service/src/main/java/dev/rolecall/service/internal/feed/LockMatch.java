package dev.rolecall.service.internal.feed;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.Caller;
import dev.rolecall.identity.ClaimValue;
import dev.rolecall.identity.IamRole;
import dev.rolecall.identity.RoleId;
import dev.rolecall.identity.internal.Alphabet;
import dev.rolecall.identity.pattern.RolePattern;
import dev.rolecall.service.request.AccessLock;
import dev.rolecall.service.request.LockTarget;
import dev.rolecall.service.request.Subject;
import dev.rolecall.service.rules.People;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The callers that a lock means. Unknown is locked: a caller of which the part that would tell is
 * unknown may be the one.
 *
 * @param people the people of the directories now
 */
public record LockMatch(People people) {

  private static final int SHORTEST_KEY = 16;

  /** Checks that nothing is absent. */
  public LockMatch {
    requireNonNull(people, "people");
  }

  /** Whether the lock, which holds, means the caller or may mean it. */
  public boolean means(AccessLock lock, Caller caller) {
    return meansTarget(lock.target(), caller)
        && lock.limits().issuedBefore().map(limit -> isIssuedBefore(caller, limit)).orElse(true);
  }

  /** A credential that does not say when it was issued counts as issued before. */
  private static boolean isIssuedBefore(Caller caller, Instant limit) {
    return !(caller.attributes().claims().get("iat") instanceof ClaimValue.Whole issued)
        || Instant.ofEpochSecond(issued.value()).isBefore(limit);
  }

  private boolean meansTarget(LockTarget target, Caller caller) {
    return switch (target.kind()) {
      case PERSON -> meansPerson(target, caller);
      case ROLE ->
          caller
              .role()
              .filter(role -> isRole(role, target.value(), target.principal().orElse("")))
              .isPresent();
      case ACCESS_KEY -> meansKey(target, caller);
    };
  }

  private static boolean isRole(IamRole role, String id, String arn) {
    return role.id().map(RoleId::value).map(id::equals).orElse(role.text().equals(arn));
  }

  private static boolean meansKey(LockTarget target, Caller caller) {
    // The id of a token is no access key: the key of its session stays unknown.
    Optional<String> key = caller.evidence().credentialId().filter(LockMatch::isAccessKeyId);
    return caller.role().isPresent()
        && key.map(target.value()::equals)
            .orElse(target.principal().equals(Optional.of(caller.principal().text())));
  }

  private static boolean isAccessKeyId(String text) {
    return (text.startsWith("ASIA") || text.startsWith("AKIA"))
        && Alphabet.UPPER_AND_DIGITS.spells(text, SHORTEST_KEY, Integer.MAX_VALUE);
  }

  private boolean meansPerson(LockTarget target, Caller caller) {
    return subjects(target, people).anyMatch(subject -> mayBe(subject, caller));
  }

  /**
   * The subjects that a locked person is: by the directory of now, and by that of the lock. An edit
   * of the rules takes no role out of a lock.
   */
  static Stream<Subject> subjects(LockTarget target, People people) {
    return Stream.concat(people.subjects(target.value()).stream(), target.subjects().stream())
        .distinct();
  }

  private static boolean mayBe(Subject locked, Caller caller) {
    RoleId id = locked.roleId().orElse(null);
    if (id == null) {
      return caller.principal().text().equals(locked.principal());
    }
    return caller.role().filter(role -> mayBe(locked.principal(), id, role)).isPresent()
        && caller
            .evidence()
            .sessionName()
            .map(name -> locked.sessionName().equals(Optional.of(name.toLowerCase(Locale.ROOT))))
            .orElse(true);
  }

  /** Whether the role has that id, or may have it: it is of the permission set. */
  private static boolean mayBe(String set, RoleId id, IamRole role) {
    return role.id().map(id::equals).orElseGet(() -> RolePattern.parse(set).matches(role.arn()));
  }

  /**
   * Whether the lock means the subject of an earlier act or may mean it. Its access key is unknown
   * by now, and so is the time that its credential was issued.
   */
  public boolean means(AccessLock lock, Subject subject) {
    LockTarget target = lock.target();
    return switch (target.kind()) {
      case PERSON -> subjects(target, people).anyMatch(locked -> isOne(locked, subject));
      case ROLE -> subject.roleId().map(RoleId::value).equals(Optional.of(target.value()));
      case ACCESS_KEY -> target.principal().equals(Optional.of(subject.principal()));
    };
  }

  private static boolean isOne(Subject locked, Subject subject) {
    return locked.person().equals(subject.person())
        || (locked.roleId().isPresent()
            ? locked.roleId().equals(subject.roleId())
                && locked.sessionName().equals(subject.sessionName())
            : locked.principal().equals(subject.principal()));
  }
}
