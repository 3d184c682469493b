package dev.rolecall.service.store;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.InvalidValue;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A person's search of the audit trail. An event has to meet all that is stated. Texts are looked
 * for in any case, and no character of them is a wildcard.
 *
 * @param who a part of the name of a person or of a principal: of the one who acted, or of one
 *     whose access it is; 1 to 200 characters
 * @param kind the word for a kind of event, such as {@code grant.revoked}, or its beginning up to
 *     the dot
 * @param text a part of a reason or of a ticket; 1 to 200 characters
 * @param from at that time or later
 * @param until before that time
 */
public record EventSearch(
    Optional<String> who,
    Optional<String> kind,
    Optional<String> text,
    Optional<Instant> from,
    Optional<Instant> until) {

  private static final int LONGEST = 200;
  private static final Pattern KIND = Pattern.compile("[a-z_]{1,50}\\.[a-z_]{0,50}");

  /** Every event. */
  public static final EventSearch ANY =
      new EventSearch(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /**
   * Checks the forms. The message does not quote a person's text.
   *
   * @throws IllegalArgumentException if a value breaks its rule above, or no time lies between the
   *     two
   */
  public EventSearch {
    check("who", who);
    check("text", text);
    if (requireNonNull(kind, "kind").filter(KIND.asMatchPredicate().negate()).isPresent()) {
      throw InvalidValue.of("kind", kind.get(), "a word such as grant.revoked, or its part grant.");
    }
    requireNonNull(from, "from");
    requireNonNull(until, "until");
    if (from.isPresent() && until.isPresent() && !from.get().isBefore(until.get())) {
      throw InvalidValue.of("until", until.get().toString(), "a time after " + from.get());
    }
  }

  private static void check(String name, Optional<String> text) {
    int length = requireNonNull(text, name).map(String::length).orElse(1);
    if (length < 1 || length > LONGEST) {
      throw InvalidValue.of(name, length + " characters", "1 to " + LONGEST);
    }
  }
}
