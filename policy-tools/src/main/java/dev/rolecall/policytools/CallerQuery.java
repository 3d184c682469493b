package dev.rolecall.policytools;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.RoleArn;
import dev.rolecall.identity.RoleId;
import dev.rolecall.identity.pattern.RolePattern;
import dev.rolecall.policy.document.internal.PrincipalNotes;
import dev.rolecall.policy.internal.InvalidValue;
import java.util.Optional;

/**
 * A caller to ask a policy about: one role, or {@code nobody} for a call without a proof. Written
 * {@code arn:aws:iam::111122223333:role/checkout}, the same with {@code #AROA...} for a role of
 * that unique id, or {@code nobody}.
 *
 * @param role the role; empty for a call without a proof
 * @param id the role's unique id; without it, rules pinned to one do not match
 */
public record CallerQuery(Optional<RoleArn> role, Optional<RoleId> id) {

  /** A call that brings no proof of who makes it. */
  public static final CallerQuery NOBODY = new CallerQuery(Optional.empty(), Optional.empty());

  static final String EXPECTED =
      "one role's ARN, with #AROA... behind it where its unique id matters, or nobody";

  private static final String NOBODY_TEXT = "nobody";

  /**
   * Checks that an id has a role.
   *
   * @throws IllegalArgumentException if there is an id and no role
   */
  public CallerQuery {
    requireNonNull(role, "role");
    requireNonNull(id, "id");
    if (role.isEmpty() && id.isPresent()) {
      throw new IllegalArgumentException("id: " + id.get() + " (expected: none without a role)");
    }
  }

  /** A caller of that role, whatever its unique id. */
  public static CallerQuery of(RoleArn role) {
    return new CallerQuery(Optional.of(role), Optional.empty());
  }

  /**
   * Reads one of the spellings above.
   *
   * @throws IllegalArgumentException if the text has none of these forms; the message names the
   *     text and the rule
   */
  public static CallerQuery parse(String text) {
    requireNonNull(text, "text");
    if (text.equals(NOBODY_TEXT)) {
      return NOBODY;
    }
    RolePattern pattern;
    try {
      pattern = RolePattern.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(PrincipalNotes.complaint("caller", text, e), e);
    }
    if (pattern instanceof RolePattern.ExactRole exact) {
      return of(exact.role());
    }
    if (pattern instanceof RolePattern.PinnedRole pinned) {
      return new CallerQuery(Optional.of(pinned.role()), Optional.of(pinned.id()));
    }
    throw InvalidValue.broken("caller", text, EXPECTED);
  }

  @Override
  public String toString() {
    return role.map(arn -> arn + id.map(unique -> "#" + unique).orElse("")).orElse(NOBODY_TEXT);
  }
}
