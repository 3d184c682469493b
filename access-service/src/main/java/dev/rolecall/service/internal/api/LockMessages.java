package dev.rolecall.service.internal.api;

import dev.rolecall.grants.v1.LockState;
import dev.rolecall.identity.RoleArn;
import dev.rolecall.identity.RoleId;
import dev.rolecall.identity.internal.Alphabet;
import dev.rolecall.identity.internal.InvalidValue;
import dev.rolecall.service.request.AccessLock;
import dev.rolecall.service.request.LockTarget;
import dev.rolecall.service.rules.AccessRules;
import dev.rolecall.service.rules.Directory;
import java.util.List;
import java.util.stream.Stream;

/** Locks as messages. */
final class LockMessages {

  private static final int SHORTEST_KEY = 16;
  private static final int LONGEST_KEY = 128;

  private LockMessages() {}

  static LockState message(AccessLock lock, AccessRules rules) {
    LockState.Builder message =
        LockState.newBuilder()
            .setId(lock.id())
            .setRevision(lock.revision())
            .setTarget(message(lock.target()))
            .setReason(RequestMessages.text(lock.locked().reason()))
            .setUnlocked(lock.unlocked().isPresent())
            .setLockedBy(Subjects.message(lock.locked().actor()))
            .addAllAlsoHits(alsoHits(lock.target(), rules));
    lock.limits().until().ifPresent(until -> message.setUntil(WireTime.of(until)));
    lock.limits().issuedBefore().ifPresent(before -> message.setIssuedBefore(WireTime.of(before)));
    return message.build();
  }

  private static dev.rolecall.grants.v1.LockTarget message(LockTarget target) {
    dev.rolecall.grants.v1.LockTarget.Builder message =
        dev.rolecall.grants.v1.LockTarget.newBuilder();
    switch (target.kind()) {
      case PERSON -> message.setPerson(target.value());
      case ROLE -> message.setRoleId(target.value());
      case ACCESS_KEY -> message.setAccessKeyId(target.value());
    }
    return message.setRoleArn(target.principal().orElse("")).build();
  }

  /**
   * The target that a message names.
   *
   * @throws IllegalArgumentException unless it is exactly one; the message says what would be right
   */
  static LockTarget target(dev.rolecall.grants.v1.LockTarget message, AccessRules rules) {
    long kinds =
        Stream.of(message.getPerson(), message.getRoleId(), message.getAccessKeyId())
            .filter(text -> !text.isEmpty())
            .count();
    if (kinds != 1) {
      throw new IllegalArgumentException(
          "target: " + kinds + " of them (expected: one of person, role_id, access_key_id)");
    }
    if (!message.getPerson().isEmpty()) {
      if (!message.getRoleArn().isEmpty()) {
        throw new IllegalArgumentException("role_arn: beside a person (expected: none)");
      }
      String person = rules.people().personNamed(message.getPerson());
      return LockTarget.person(person, rules.people().subjects(person));
    }
    String arn = RoleArn.parse(message.getRoleArn()).toString();
    return message.getRoleId().isEmpty()
        ? LockTarget.accessKey(accessKey(message.getAccessKeyId()), arn)
        : LockTarget.role(RoleId.parse(message.getRoleId()), arn);
  }

  private static String accessKey(String text) {
    if (!Alphabet.UPPER_AND_DIGITS.spells(text, SHORTEST_KEY, LONGEST_KEY)) {
      throw InvalidValue.of("access_key_id", text, "16 to 128 characters of A-Z 0-9");
    }
    return text;
  }

  private static List<String> alsoHits(LockTarget target, AccessRules rules) {
    return switch (target.kind()) {
      case PERSON ->
          rules
              .people()
              .directoryOf(target.value())
              .filter(Directory.PermissionSets.class::isInstance)
              .map(
                  directory ->
                      List.of(
                          "Callers of the roles of directory "
                              + directory.name()
                              + " whose session is unknown, such as those with AWS web identity"
                              + " tokens, are refused while it holds."))
              .orElse(List.of());
      case ROLE -> List.of("All sessions of the role are refused, whatever person uses it.");
      case ACCESS_KEY ->
          List.of(
              "Callers of the role whose access key is unknown, such as those with AWS web identity"
                  + " tokens, are refused while it holds.");
    };
  }
}
