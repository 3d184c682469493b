package dev.rolecall.access.grant;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.Caller;
import dev.rolecall.policy.Decision.GrantedRule;
import dev.rolecall.policy.condition.CallFacts;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The right to call a method that grants give a caller. It rests on no answer: it asks its holdings
 * each time, so it may be kept while its caller and policy stay, and is shared by calls.
 *
 * <p>Each choice of the policy must be met, by one of its rules. Of several rules that are met,
 * records name the first as written. Of several choices, they name a rule of the last: it is that
 * of the policy which narrows the others.
 *
 * <p>Safe for use by many threads; never blocks. Throws what its holdings throw.
 */
public final class GrantedRight {

  /** The time of {@link #heldUntil} for a right that is not held. */
  public static final long NOT_HELD = Ticks.NONE;

  private final List<List<GrantedRule>> choices;
  private final RightWay[][] ways;
  private final RightWay[] named;
  private final @Nullable String token;

  /** An end as it was read: it holds while the grants have counted no further change. */
  private static final class Known {
    final long end;
    final long changes;

    /** The end for people, once one has asked. */
    volatile byte @Nullable [] text;

    Known(long end, long changes) {
      this.end = end;
      this.changes = changes;
    }
  }

  private final Grants grants;
  private volatile Known known = new Known(Holding.NEVER, Grants.UNCOUNTED);

  private GrantedRight(
      List<List<GrantedRule>> choices, RightWay[][] ways, Grants grants, @Nullable String token) {
    this.grants = requireNonNull(grants, "grants");
    this.choices = requireNonNull(choices, "choices");
    this.ways = ways;
    this.named = ways[ways.length - 1];
    this.token = token;
  }

  /**
   * The right to a call that a policy allows under one rule of each choice. No grant is looked at
   * yet.
   *
   * @param choices as {@link dev.rolecall.policy.Decision.NeedsGrant} has them
   * @param call the facts of the call, which say what resource it is about
   */
  public static GrantedRight of(
      List<List<GrantedRule>> choices, Grants grants, Caller caller, CallFacts call) {
    return of(choices, grants, caller, call, null);
  }

  private static GrantedRight of(
      List<List<GrantedRule>> choices,
      Grants grants,
      Caller caller,
      CallFacts call,
      @Nullable String token) {
    RightWay[][] ways = new RightWay[choices.size()][];
    for (int i = 0; i < ways.length; i++) {
      List<GrantedRule> rules = choices.get(i);
      ways[i] = new RightWay[rules.size()];
      for (int j = 0; j < ways[i].length; j++) {
        ways[i][j] = RightWay.of(rules.get(j), grants, caller, call, token);
      }
    }
    return new GrantedRight(choices, ways, grants, token);
  }

  /** The same right with a grant token beside the grants that are followed. */
  public GrantedRight with(String token, Caller caller, CallFacts call) {
    return of(choices, grants, caller, call, requireNonNull(token, "token"));
  }

  /** The right to the same call by other choices, with the same token. */
  public GrantedRight by(List<List<GrantedRule>> others, Caller caller, CallFacts call) {
    return of(others, grants, caller, call, token);
  }

  /** Whether it is by those choices, so that it need not be made anew. */
  public boolean isBy(List<List<GrantedRule>> others) {
    return choices == others || choices.equals(others);
  }

  /** Whether its resources are the same for each call of its caller to its method. */
  public boolean isOfEachCall() {
    return choices.stream()
        .flatMap(List::stream)
        .flatMap(each -> each.requirement().resource().stream())
        .allMatch(template -> template.isFixed());
  }

  /** Whether its caller holds it now. */
  public boolean isHeld() {
    for (RightWay[] choice : ways) {
      if (!isHeld(choice)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isHeld(RightWay[] choice) {
    for (RightWay way : choice) {
      if (way.isHeld()) {
        return true;
      }
    }
    return false;
  }

  /**
   * When it ends as things are, by the runtime's ticker; {@link Holding#NEVER}, or {@link
   * #NOT_HELD}. What is read is kept as {@link #knownEnd}.
   */
  public long heldUntil() {
    long changes = grants.changes();
    long end = Holding.NEVER;
    for (RightWay[] choice : ways) {
      long latest = NOT_HELD;
      for (RightWay way : choice) {
        latest = Ticks.later(latest, way.heldUntil());
      }
      end = Ticks.earlier(end, latest);
    }
    if (end != NOT_HELD) {
      Known before = known;
      if (before.end != end || before.changes != changes) {
        known = new Known(end, changes);
      }
    }
    return end;
  }

  /**
   * The same of a right that was found held: what was read last, if the grants have counted no
   * change since. It says nothing of an end that has come meanwhile.
   */
  public long heldUntilUnlessChanged() {
    Known now = known;
    return now.changes >= 0 && now.changes == grants.changes() ? now.end : heldUntil();
  }

  /** The end that {@link #heldUntil} last read. Asks no holding; throws nothing. */
  public long knownEnd() {
    return known.end;
  }

  /** Whether the end that it was last known to have has come. Asks no holding; throws nothing. */
  public boolean isOverAt(long ticks) {
    long end = known.end;
    return end != Holding.NEVER && end - ticks <= 0;
  }

  /**
   * Its end as the service's time, in RFC 3339 to the millisecond, such as {@code
   * 2026-11-21T23:18:45Z}; null if it has none, or is not held. Made once, until the grants have
   * counted a change: never write to it.
   */
  public byte @Nullable [] endText() {
    Known now = known;
    byte[] text = now.text;
    if (text == null || now.changes < 0 || now.changes != grants.changes()) {
      Instant end = end();
      text = end == null ? null : end.truncatedTo(ChronoUnit.MILLIS).toString().getBytes(US_ASCII);
      now.text = text;
    }
    return text;
  }

  private @Nullable Instant end() {
    Instant end = Instant.MAX;
    for (RightWay[] choice : ways) {
      Instant latest = Instant.MIN;
      for (RightWay way : choice) {
        Instant each = way.end();
        latest = each.isAfter(latest) ? each : latest;
      }
      end = latest.isBefore(end) ? latest : end;
    }
    return end.equals(Instant.MAX) || end.equals(Instant.MIN) ? null : end;
  }

  /** Whether its end may still move: each choice has a held grant that may be extended. */
  public boolean isExtendable() {
    for (RightWay[] choice : ways) {
      boolean extendable = false;
      for (RightWay way : choice) {
        extendable |= way.isExtendable();
      }
      if (!extendable) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether it may turn out to be held once grants have come that are on their way, as {@link
   * Holding#isAwaited} has it: each choice is met, or awaits them.
   */
  public boolean isAwaited() {
    for (RightWay[] choice : ways) {
      if (!isHeld(choice) && !isAwaited(choice)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAwaited(RightWay[] choice) {
    for (RightWay way : choice) {
      if (way.isAwaited()) {
        return true;
      }
    }
    return false;
  }

  /** The rules that records may name, as written. */
  public List<GrantedRule> named() {
    return choices.get(choices.size() - 1);
  }

  /** The place of the rule to name in {@link #named}: the first that is held, or else the first. */
  public int place() {
    if (named.length > 1) {
      for (int i = 0; i < named.length; i++) {
        if (named[i].isHeld()) {
          return i;
        }
      }
    }
    return 0;
  }

  /** What is lacking of a right that is not held: the worst news of a choice that is not met. */
  public Lack lack() {
    Lack worst = null;
    for (RightWay[] choice : ways) {
      if (!isHeld(choice)) {
        for (RightWay way : choice) {
          Lack lack = way.lack();
          worst = worst == null || lack.isWorseThan(worst) ? lack : worst;
        }
      }
    }
    // Granted meanwhile: the next try is admitted.
    return worst != null ? worst : named[0].lack();
  }

  /** Names the rules, and no token. */
  @Override
  public String toString() {
    return "GrantedRight" + choices;
  }
}
