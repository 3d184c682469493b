package dev.rolecall.service.internal.feed;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.Caller;
import dev.rolecall.identity.ClaimValue;
import dev.rolecall.identity.IamRole;
import dev.rolecall.identity.OidcSubject;
import dev.rolecall.identity.RoleId;
import dev.rolecall.identity.internal.Alphabet;
import dev.rolecall.service.request.AccessLock;
import dev.rolecall.service.request.LockTarget;
import dev.rolecall.service.rules.Directory;
import dev.rolecall.service.rules.People;
import dev.rolecall.service.rules.PermissionSetRole;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

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
      case PERSON -> meansPerson(target.value(), caller);
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

  private boolean meansPerson(String person, Caller caller) {
    String name = person.substring(person.indexOf('/') + 1);
    Directory directory = people.directoryOf(person).orElse(null);
    if (directory instanceof Directory.IssuerSubjects subjects) {
      return caller.principal().text().equals(OidcSubject.PREFIX + subjects.issuer() + ":" + name);
    }
    return directory instanceof Directory.PermissionSets sets
        && caller
            .role()
            .filter(role -> sets.roles().stream().anyMatch(each -> mayBe(each, role)))
            .isPresent()
        && caller
            .evidence()
            .sessionName()
            .map(session -> session.toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT)))
            .orElse(true);
  }

  private static boolean mayBe(PermissionSetRole known, IamRole role) {
    return role.id().map(known.id()::equals).orElseGet(() -> known.set().matches(role.arn()));
  }
}
