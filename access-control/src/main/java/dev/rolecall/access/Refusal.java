package dev.rolecall.access;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.grant.Grants;
import dev.rolecall.access.grant.Lack;
import dev.rolecall.access.internal.metrics.SupervisedTask;
import dev.rolecall.access.runtime.RetryAfter;
import dev.rolecall.access.scheme.Facts;
import dev.rolecall.access.scheme.Verification;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.RefusalKind;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.identity.internal.Supervisor;
import dev.rolecall.policy.RuleName;
import dev.rolecall.policy.grant.PermissionName;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The answer that a call is refused, or ended, with.
 *
 * @param reason why
 * @param help what an honest caller may learn beyond the reason: its own principal and scheme, the
 *     server's clock, the permission of the grant that it lacks
 * @param retryAfter how long to wait before another try, where that is known
 * @param rule the rule that denied it, or that requires a grant which the caller lacks; for the
 *     server's records, never for the peer
 * @param caller the caller where it is known; for the server's records
 * @param facts the facts of the credential, where it could be read; for the server's records
 */
public record Refusal(
    RefusalReason reason,
    Map<String, String> help,
    Optional<Duration> retryAfter,
    Optional<RuleName> rule,
    Optional<Caller> caller,
    Optional<Facts> facts)
    implements Outcome {

  /** Checks that nothing is absent. */
  public Refusal {
    requireNonNull(reason, "reason");
    requireNonNull(help, "help");
    requireNonNull(retryAfter, "retryAfter");
    requireNonNull(rule, "rule");
    requireNonNull(caller, "caller");
    requireNonNull(facts, "facts");
  }

  /**
   * A refusal that is made when it is asked for, which takes longer than to judge a call. Many live
   * calls may end at one instant, and a door stops the data of all before the first is made.
   *
   * <p>Safe for use by many threads.
   */
  public static final class Unmade implements Recheck.Finding {

    private final RefusalReason reason;
    private final Supplier<Refusal> making;
    private final Supervisor supervisor;
    private volatile @Nullable Refusal made;

    Unmade(RefusalReason reason, Supplier<Refusal> making, Supervisor supervisor) {
      this.reason = requireNonNull(reason, "reason");
      this.making = requireNonNull(making, "making");
      this.supervisor = requireNonNull(supervisor, "supervisor");
    }

    /** Why: known at once. */
    public RefusalReason reason() {
      return reason;
    }

    /** The refusal; one that says the reason alone if it cannot be made. */
    public Refusal made() {
      Refusal known = made;
      if (known == null) {
        known = make();
        made = known;
      }
      return known;
    }

    private Refusal make() {
      try {
        return making.get();
      } catch (RuntimeException | Error e) {
        supervisor.caught(SupervisedTask.CALL_WATCH.label(), e);
        return Refusal.of(reason);
      }
    }

    @Override
    public String toString() {
      return "Unmade[" + reason + "]";
    }
  }

  private static final String PERMISSION = "permission";

  /** The refusal of a call that finds no place. */
  static final Refusal CROWDED_OUT =
      of(
          RefusalReason.TOO_MANY_LOOKUPS,
          Map.of(),
          Optional.of(Duration.ofSeconds(1)),
          Optional.empty());

  /** A refusal for a reason that says everything. */
  public static Refusal of(RefusalReason reason) {
    return of(reason, Map.of(), Optional.empty(), Optional.empty());
  }

  /**
   * A refusal for that reason. A caller whose clock is wrong is told what this server's says.
   *
   * @param now the server's clock
   */
  static Refusal of(RefusalReason reason, Instant now) {
    return of(reason, helpAbout(reason, now), Optional.empty(), Optional.empty());
  }

  /** The credential is not good. */
  static Refusal of(Verification.Refused refused, Instant now) {
    return of(
        refused.reason(), helpAbout(refused.reason(), now), Optional.empty(), refused.facts());
  }

  /**
   * The transaction token that a trusted proxy sent is not good, though the proxy's own proof is.
   */
  static Refusal ofPassed(Verification.Refused refused, Instant now) {
    Map<String, String> help = new HashMap<>(helpAbout(refused.reason(), now));
    help.put("header", "txn-token");
    return of(refused.reason(), Map.copyOf(help), Optional.empty(), refused.facts());
  }

  /** The caller could not be identified. */
  static Refusal of(Verification.Unavailable unavailable) {
    return of(unavailable.reason(), Map.of(), unavailable.retryAfter(), unavailable.facts());
  }

  private static Refusal of(
      RefusalReason reason,
      Map<String, String> help,
      Optional<Duration> retryAfter,
      Optional<Facts> facts) {
    return new Refusal(reason, help, retryAfter, Optional.empty(), Optional.empty(), facts);
  }

  private static Map<String, String> helpAbout(RefusalReason reason, Instant now) {
    boolean aboutClocks =
        reason == RefusalReason.CREDENTIAL_EXPIRED
            || reason == RefusalReason.CREDENTIAL_NOT_YET_VALID;
    return aboutClocks
        ? Map.of("serverTime", now.truncatedTo(ChronoUnit.SECONDS).toString())
        : Map.of();
  }

  /** A known caller may not call the method. */
  static Refusal notAllowed(Caller caller, String method, Optional<RuleName> rule) {
    return new Refusal(
        RefusalReason.METHOD_NOT_ALLOWED,
        Map.copyOf(helpFor(caller, method)),
        Optional.empty(),
        rule,
        Optional.of(caller),
        Optional.empty());
  }

  /** A known caller is locked. */
  static Refusal locked(Caller caller, String method) {
    return new Refusal(
        RefusalReason.CALLER_LOCKED,
        Map.copyOf(helpFor(caller, method)),
        Optional.empty(),
        Optional.empty(),
        Optional.of(caller),
        Optional.empty());
  }

  /**
   * A known caller lacks the grant that a rule requires.
   *
   * @param retryAfter draws the time to wait for news, where there are none: many calls may end at
   *     once
   */
  static Refusal lacking(
      Lack lack, Caller caller, String method, Grants grants, RetryAfter retryAfter) {
    PermissionName permission = lack.rule().requirement().permission();
    Map<String, String> help = helpFor(caller, method);
    help.put(PERMISSION, permission.value());
    lack.resource().ifPresent(resource -> help.put("resource", resource.value()));
    boolean isOutage = lack.reason().kind() == RefusalKind.UNAVAILABLE;
    if (!isOutage) {
      // In an outage the caller may hold the grant: to ask for another is no next step.
      grants.advice(permission).ifPresent(advice -> help.put("howToAsk", advice));
    }
    return new Refusal(
        lack.reason(),
        Map.copyOf(help),
        isOutage ? Optional.of(retryAfter.soon()) : Optional.empty(),
        Optional.of(lack.rule().rule()),
        Optional.of(caller),
        Optional.empty());
  }

  private static Map<String, String> helpFor(Caller caller, String method) {
    Map<String, String> help = new HashMap<>();
    help.put(kind(caller), caller.principal().text());
    help.put("method", method);
    help.put("scheme", caller.evidence().scheme());
    return help;
  }

  /** The permission that a grant is lacking of; empty for a refusal of another kind. */
  Optional<PermissionName> permission() {
    return Optional.ofNullable(help.get(PERMISSION)).map(PermissionName::of);
  }

  /** The key of the principal's text, by its kind. */
  static String kind(Caller caller) {
    return caller.role().isPresent() ? "role" : "principal";
  }
}
