package dev.rolecall.tests.soak;

import dev.rolecall.identity.RefusalReason;
import java.time.Duration;
import java.util.Set;

/** The model of what may happen: judges each call by its errand and the situation it met. */
final class Judge {

  /** How late a busy machine may tell a client that its deadline is over. */
  private static final Duration LATE = Duration.ofSeconds(10);

  /** A proof is at most ten minutes old when a call begins with it, and lives fifteen. */
  private static final Duration LEFT_OF_A_PROOF = Duration.ofMinutes(4);

  private static final Set<String> OUTAGES =
      Set.of(RefusalReason.ISSUER_UNAVAILABLE.name(), RefusalReason.ISSUER_ANSWER_INVALID.name());

  private final Situation situation;

  Judge(Situation situation) {
    this.situation = situation;
  }

  /**
   * What that end says.
   *
   * @param began when it began, by {@link System#nanoTime}
   * @param cancelled whether its client gave it up
   * @param lasted how long it lasted by the clock of servers and clients
   */
  Verdict of(Errand errand, Ending end, long began, boolean cancelled, Duration lasted) {
    if (System.nanoTime() - began > errand.deadline().plus(LATE).toNanos()) {
      return Verdict.LOST;
    }
    return switch (end.code()) {
      case OK -> admitted(errand, began);
      case CANCELLED -> fineIf(cancelled || situation.disconnected.touched(began), Verdict.LOST);
      case DEADLINE_EXCEEDED -> fineIf(!errand.patient(), Verdict.LOST);
      case PERMISSION_DENIED -> denied(errand, end, began);
      case UNAUTHENTICATED -> unauthenticated(errand, end, lasted);
      case UNAVAILABLE -> unavailable(errand, end, began);
      // What gRPC itself says of some calls whose connection breaks.
      case UNKNOWN ->
          fineIf(
              end.description().equals("channel closed") && situation.disconnected.touched(began),
              Verdict.SURPRISING);
      case RESOURCE_EXHAUSTED ->
          fineIf(
              errand.actor() == Actor.FORGER || situation.stsSick.touched(began),
              Verdict.SURPRISING);
      default -> Verdict.SURPRISING;
    };
  }

  /** Whether a call that is let through, begun since then, may be. */
  Verdict admitted(Errand errand, long began) {
    boolean always = errand.actor().mayAlwaysCall(errand.method());
    boolean inSeason = errand.actor().mayCall(errand.method()) && situation.season.touched(began);
    return fineIf(always || inSeason, Verdict.WRONGLY_ADMITTED);
  }

  private Verdict denied(Errand errand, Ending end, long began) {
    boolean forbidden =
        errand.actor() == Actor.SEASONAL
            ? situation.offSeason.touched(began)
            : !errand.actor().mayAlwaysCall(errand.method()) && errand.actor().role().isPresent();
    return fineIf(
        forbidden && end.reason().equals(RefusalReason.METHOD_NOT_ALLOWED.name()),
        Verdict.WRONGLY_REFUSED);
  }

  private static Verdict unauthenticated(Errand errand, Ending end, Duration lasted) {
    String expected =
        switch (errand.actor()) {
          case FORGER -> RefusalReason.ISSUER_REFUSED.name();
          case NOBODY -> RefusalReason.CREDENTIAL_MISSING.name();
          default -> RefusalReason.CREDENTIAL_EXPIRED.name();
        };
    boolean honest = errand.actor().role().isPresent();
    boolean outlived = errand.open() && lasted.compareTo(LEFT_OF_A_PROOF) > 0;
    return fineIf(end.reason().equals(expected) && (!honest || outlived), Verdict.WRONGLY_REFUSED);
  }

  private Verdict unavailable(Errand errand, Ending end, long began) {
    boolean explained =
        situation.disconnected.touched(began)
            || (OUTAGES.contains(end.reason()) && situation.stsSick.touched(began))
            // An old connection is closed when its grace is over, whatever is still open on it.
            || (errand.open() && end.reason().isEmpty());
    return fineIf(explained, Verdict.SURPRISING);
  }

  private static Verdict fineIf(boolean expected, Verdict otherwise) {
    return expected ? Verdict.FINE : otherwise;
  }
}
