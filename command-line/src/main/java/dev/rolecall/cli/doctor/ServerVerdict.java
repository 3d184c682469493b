package dev.rolecall.cli.doctor;

import static java.util.Objects.requireNonNull;

import dev.rolecall.cli.connect.CredentialKind;
import dev.rolecall.cli.failure.CallFailure;
import dev.rolecall.cli.report.CallReport;
import dev.rolecall.cli.report.RefusalAdvice;
import dev.rolecall.identity.Audience;
import dev.rolecall.identity.RefusalReason;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A reading of a server's answer to this shell's credential.
 *
 * @param kind the kind of the credential
 * @param audience the audience that it is for, and the policy's name
 * @param clock this end's
 * @param isOwnClockGood whether it agrees with STS's; empty where STS could not be asked
 * @param isAskedFor whether the user named the method
 */
record ServerVerdict(
    CredentialKind kind,
    Audience audience,
    Clock clock,
    Optional<Boolean> isOwnClockGood,
    boolean isAskedFor) {

  ServerVerdict {
    requireNonNull(kind, "kind");
    requireNonNull(audience, "audience");
    requireNonNull(clock, "clock");
    requireNonNull(isOwnClockGood, "isOwnClockGood");
  }

  private boolean isOfProof() {
    return kind == CredentialKind.PROOF;
  }

  private String name() {
    return isOfProof() ? "proof" : "answer";
  }

  Finding judged(String tried, CallFailure end) {
    Optional<RefusalReason> reason = end.knownReason();
    if (reason.isPresent()) {
      return refused(tried, end, reason.get());
    }
    return switch (end.status().getCode()) {
      case DEADLINE_EXCEEDED ->
          Finding.unknown(
              name(),
              end.text(),
              "at the server: look at its load, its log and its way to STS or the issuer");
      case UNAVAILABLE ->
          Finding.unknown(name(), end.text(), "run it again; if it lasts, see 'server'");
      case UNAUTHENTICATED, PERMISSION_DENIED ->
          Finding.wrong(
              name(),
              end.text(),
              "nothing was sent to the server: see '"
                  + (isOfProof() ? "credentials" : "token")
                  + "'");
      default -> Finding.ok(name(), "accepted; " + tried + " is allowed");
    };
  }

  private Finding refused(String tried, CallFailure end, RefusalReason reason) {
    String found = reason + ": " + reason.description();
    return switch (reason) {
      case METHOD_NOT_ALLOWED ->
          isAskedFor
              ? Finding.wrong(
                  name(), "accepted, but " + tried + ": " + found, explaining(tried, end, reason))
              // The user named no method. A decision on the default one shows that the
              // credential is good.
              : Finding.ok(name(), "accepted; the policy does not allow " + tried);
      case AUDIENCE_MISMATCH ->
          Finding.wrong(
              name(),
              isOfProof()
                  ? found
                      + ": the proof is for "
                      + audience
                      + ", and the server goes by another name"
                  : found,
              RefusalAdvice.on(reason, kind));
      case CREDENTIAL_EXPIRED, CREDENTIAL_NOT_YET_VALID ->
          Finding.wrong(name(), found + clocks(end), whoseClock(reason));
      case ISSUER_UNAVAILABLE, TOO_MANY_LOOKUPS, DEFECT, ISSUER_ANSWER_INVALID, GUARD_CLOSED ->
          Finding.unknown(name(), found, RefusalAdvice.on(reason, kind));
      default -> Finding.wrong(name(), found, RefusalAdvice.on(reason, kind));
    };
  }

  private String explaining(String tried, CallFailure end, RefusalReason reason) {
    return end.details()
        .caller()
        .map(
            caller ->
                RefusalAdvice.on(reason, kind)
                    + ":\n"
                    + CallReport.explain(audience + ".yaml", caller, GuardedMethod.path(tried)))
        .orElseGet(() -> RefusalAdvice.on(reason, kind));
  }

  private String clocks(CallFailure end) {
    return end.details()
        .said("serverTime")
        .flatMap(this::ahead)
        .map(
            ahead ->
                "; the server's clock is "
                    + ahead.abs().toSeconds()
                    + " s "
                    + (ahead.isNegative() ? "behind" : "ahead of")
                    + " this end's")
        .orElse("");
  }

  private Optional<Duration> ahead(String serverTime) {
    try {
      return Optional.of(Duration.between(clock.instant(), Instant.parse(serverTime)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private String whoseClock(RefusalReason reason) {
    return isOwnClockGood
        .map(
            good ->
                good
                    ? "set the server's clock by NTP: this end's agrees with STS's"
                    : "set this end's clock by NTP; see 'clock'")
        .orElseGet(() -> RefusalAdvice.on(reason, kind));
  }
}
