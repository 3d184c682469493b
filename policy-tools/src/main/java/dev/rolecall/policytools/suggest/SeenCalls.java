package dev.rolecall.policytools.suggest;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.RefusalReason;
import dev.rolecall.policy.MethodPath;
import dev.rolecall.policy.grant.PermissionName;
import dev.rolecall.policytools.internal.LineReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * The calls that a server's audit records tell of, counted by caller and method. A record is one
 * JSON object a line, as {@code AuditLog.toFile} writes it.
 *
 * <p>Memory is bounded whatever the size of the files. 100,000 pairs of a caller and a method are
 * kept apart, of one caller 1,000; as many refused ones; and 10,000 of a reason and a method, where
 * the server did not know the caller. The calls of further pairs are counted as {@link
 * #beyondBounds}. No caller can so keep another one's calls out.
 *
 * <p>Not safe for use by several threads at once.
 */
public final class SeenCalls {

  static final int MOST_PAIRS = 100_000;
  static final int MOST_OF_ONE_CALLER = 1_000;
  static final int MOST_OF_STRANGERS = 10_000;

  private static final String NO_METHOD = "(a name that no policy can list)";

  private final BoundedTallies admissible = new BoundedTallies(MOST_PAIRS, MOST_OF_ONE_CALLER);
  private final BoundedTallies refused = new BoundedTallies(MOST_PAIRS, MOST_OF_ONE_CALLER);
  private final BoundedTallies strangers = new BoundedTallies(MOST_OF_STRANGERS, MOST_OF_STRANGERS);
  private final Principals principals = new Principals(MOST_PAIRS);
  private long records;
  private long otherLines;
  private long lost;
  private long beyondBounds;

  /** No call yet. */
  public SeenCalls() {}

  /**
   * Adds what a stream's records tell, to its end. Blocks. Lines that are no records are counted;
   * empty ones are ignored.
   *
   * @param in not closed
   * @throws IOException if the stream cannot be read; what was read until then is added
   */
  public void add(InputStream in) throws IOException {
    LineReader lines = new LineReader(requireNonNull(in, "in"));
    while (lines.next()) {
      if (lines.isBlank()) {
        continue;
      }
      Optional<AuditLine> line =
          lines.isTooLong() ? Optional.empty() : AuditLine.read(lines.line(), lines.length());
      if (line.isPresent() && count(line.get())) {
        records++;
      } else {
        otherLines++;
      }
    }
  }

  /** Whether the line is a record. */
  private boolean count(AuditLine line) {
    switch (line.decision()) {
      case "allowed" -> {
        return ofKnown(admissible, line);
      }
      case "admitted_instead_of_refused" -> {
        // A call that was at work had its record when it began.
        return line.isOfLiveCall()
            || ofStranger(line)
            || ofKnown(isOnPurpose(line) ? refused : admissible, line);
      }
      case "refused" -> {
        return ofStranger(line) || ofKnown(refused, line);
      }
      case "public" -> {
        return add(strangers, SeenCaller.alone("public"), line);
      }
      case "records_lost" -> {
        lost += line.lost();
        return true;
      }
      case "ended", "shadow_differs", "trail_opened", "trail_closed", "file_deleted" -> {
        // Beside another record of the same call, or about no call.
        return true;
      }
      default -> {
        return false;
      }
    }
  }

  /** A deny rule was written on purpose, and so was a lock. A rule with a grant is no denial. */
  private static boolean isOnPurpose(AuditLine line) {
    return line.reason().equals(RefusalReason.CALLER_LOCKED.name())
        || (line.isByRule() && line.permission().isEmpty());
  }

  private boolean ofStranger(AuditLine line) {
    boolean isKnown = !line.caller().isEmpty() && !line.caller().equals("unknown");
    return !isKnown
        && reason(line).map(reason -> add(strangers, SeenCaller.alone(reason), line)).orElse(false);
  }

  private static Optional<String> reason(AuditLine line) {
    return Stream.of(RefusalReason.values())
        .map(Enum::name)
        .filter(line.reason()::equals)
        .findFirst();
  }

  private boolean ofKnown(BoundedTallies to, AuditLine line) {
    Optional<String> who = principals.of(line.caller());
    // A party that no policy can name must not pass for the caller itself.
    Optional<String> actor = line.actor().flatMap(principals::of);
    if (who.isEmpty() || line.actor().isPresent() != actor.isPresent()) {
      return false;
    }
    if (!line.permission().isEmpty() && !PermissionName.isValid(line.permission())) {
      return false;
    }
    String permission = to == admissible ? line.permission() : "";
    return add(to, new SeenCaller(who.get(), actor.orElse(""), permission), line);
  }

  private boolean add(BoundedTallies to, SeenCaller caller, AuditLine line) {
    Pair pair = new Pair(caller, MethodPath.isValid(line.method()) ? line.method() : NO_METHOD);
    if (!to.add(pair, line)) {
      beyondBounds += line.calls();
    }
    return true;
  }

  /** How many lines were audit records. */
  public long records() {
    return records;
  }

  /** How many lines were not. */
  public long otherLines() {
    return otherLines;
  }

  /** How many records the server could not write, as the others say. */
  public long lost() {
    return lost;
  }

  /** How many calls are of callers and methods beyond the bound. */
  public long beyondBounds() {
    return beyondBounds;
  }

  /**
   * The least policy that admits the calls of known callers seen here.
   *
   * @param name the policy's name, of printable ASCII
   * @param atLeast how often a caller must have called a method, at least 1; rarer pairs are listed
   *     as comments
   * @throws IllegalArgumentException if the number is below 1, or the name cannot be a policy's
   */
  public SuggestedPolicy suggest(String name, long atLeast) {
    return SuggestionText.of(this, requireNonNull(name, "name"), atLeast);
  }

  SortedMap<Pair, Tally> admissible() {
    return admissible.all();
  }

  SortedMap<Pair, Tally> refused() {
    return refused.all();
  }

  SortedMap<Pair, Tally> strangers() {
    return strangers.all();
  }

  /** Whether a pair has a method that a policy can list. */
  static boolean isListable(Pair pair) {
    return !pair.method().equals(NO_METHOD);
  }
}
