package dev.rolecall.tokens.internal.keys;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;
import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.IssuerAlias;
import dev.rolecall.jwt.key.KeyFinding;
import dev.rolecall.tokens.internal.http.IssuerFailure;
import dev.rolecall.tokens.internal.http.IssuerFailures;
import java.util.List;

/**
 * Says how an issuer's keys fare: a line of the log for each change of state, and a count of each
 * failure. Guarded by its owner, who calls it for one fetch at a time.
 */
final class KeyWatch {

  private static final System.Logger LOGGER = System.getLogger("rolecall.tokens");

  private final IssuerAlias alias;
  private final IssuerFailures failures;

  private boolean failing;
  private List<KeyFinding> alarms = List.of();

  KeyWatch(IssuerAlias alias, IssuerFailures failures) {
    this.alias = requireNonNull(alias, "alias");
    this.failures = requireNonNull(failures, "failures");
  }

  /** The keys were fetched. */
  void fetched(FetchedKeys fetched) {
    if (failing) {
      failing = false;
      LOGGER.log(INFO, "The keys of issuer {0} can be fetched again.", alias);
    }
    List<KeyFinding> found =
        fetched.keys().findings().stream().filter(each -> each.flaw().isAlarm()).toList();
    if (!found.equals(alarms)) {
      found.forEach(this::alarm);
    }
    alarms = found;
  }

  private void alarm(KeyFinding finding) {
    LOGGER.log(
        WARNING,
        "A key of issuer {0} is not used: {1} (key {2} of its set). Tell the issuer.",
        alias,
        finding.flaw().words(),
        Integer.toString(finding.position()));
  }

  /** The keys could not be fetched. */
  void failed(IssuerFailure failure, boolean goesOn) {
    failures.count(alias, failure);
    if (!failing) {
      failing = true;
      LOGGER.log(
          WARNING,
          "The keys of issuer {0} cannot be fetched: {1}. {2}",
          alias,
          failure.words(),
          goesOn
              ? "Its last good keys are used on."
              : "Its callers are told to wait until they can.");
    }
  }
}
