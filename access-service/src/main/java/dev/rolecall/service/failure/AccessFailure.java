package dev.rolecall.service.failure;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.InvalidValue;
import java.util.HashMap;
import java.util.Map;

/**
 * A failure as its caller is told: what is wrong, and what would be right. Holds no secret.
 *
 * @param reason the reason
 * @param sentence a plain sentence of printable ASCII, at most 1,000 characters
 * @param metadata what helps a program, by name in snake case
 */
public record AccessFailure(FailureReason reason, String sentence, Map<String, String> metadata) {

  /** The caller is locked, or may be: what would tell is not known of it. */
  public static final AccessFailure CALLER_LOCKED =
      of(
          FailureReason.CALLER_LOCKED,
          "you are locked, or the unknown part of you may be (expected: an administrator unlocks"
              + " you)");

  /** The caller is no server that may follow grants. */
  public static final AccessFailure NOT_AN_ENFORCER =
      of(
          FailureReason.NOT_AN_ENFORCER,
          "you are no enforcer (expected: a caller under enforcers of the rules)");

  /** The node is being stopped. */
  public static final AccessFailure STOPPING =
      of(FailureReason.STOPPING, "the node stops (expected: another node)");

  /** A defect of the service. */
  public static final AccessFailure DEFECT =
      of(FailureReason.DEFECT, "an internal error of the service, which its log has");

  private static final int LONGEST = 1_000;

  /** Cuts a sentence that is too long. */
  public AccessFailure {
    requireNonNull(reason, "reason");
    requireNonNull(sentence, "sentence");
    metadata = Map.copyOf(metadata);
    sentence = sentence.length() > LONGEST ? sentence.substring(0, LONGEST) : sentence;
  }

  /** The failure with that sentence. */
  public static AccessFailure of(FailureReason reason, String sentence) {
    return new AccessFailure(reason, sentence, Map.of());
  }

  /**
   * The failure of a value: {@code name: value (expected: rule)}. The value is cut, and escaped
   * beyond printable ASCII.
   */
  public static AccessFailure ofValue(
      FailureReason reason, String name, String value, String expected) {
    return of(
        reason,
        name
            + ": "
            + (value.isEmpty() ? "nothing" : InvalidValue.printable(value))
            + " (expected: "
            + expected
            + ")");
  }

  /** The same with one more word for programs. */
  public AccessFailure with(String name, String value) {
    Map<String, String> more = new HashMap<>(metadata);
    more.put(name, value);
    return new AccessFailure(reason, sentence, more);
  }
}
