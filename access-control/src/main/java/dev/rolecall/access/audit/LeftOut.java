package dev.rolecall.access.audit;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.InvalidValue;
import java.time.Instant;
import java.util.Optional;

/**
 * The decisions that a record stands for besides its own: those left out because there were too
 * many to record each.
 *
 * @param count how many; 0 where the record stands for itself alone
 * @param of what those have in common with the record's decision
 * @param since when the first of them was decided, where that is known
 */
public record LeftOut(long count, Of of, Optional<Instant> since) {

  /** Nothing was left out. */
  public static final LeftOut NONE = new LeftOut(0, Of.KIND);

  /** The thing that the decisions left out have in common. */
  public enum Of {
    /** Role (of a stranger: peer address), method and reason; of a shadow's differences, answer. */
    KIND("kind"),
    /** The role's account, or a stranger's peer address. */
    GROUP("group"),
    /** Only that the caller is known, or that it is not. */
    ALL("all");

    private final String label;

    Of(String label) {
      this.label = label;
    }

    /** The word in records. */
    public String label() {
      return label;
    }
  }

  /** Checks that the count is not negative. */
  public LeftOut {
    requireNonNull(of, "of");
    requireNonNull(since, "since");
    if (count < 0) {
      throw InvalidValue.of("left out", Long.toString(count), "at least 0");
    }
  }

  /** Decisions that were left out since a time that is not known. */
  public LeftOut(long count, Of of) {
    this(count, of, Optional.empty());
  }
}
