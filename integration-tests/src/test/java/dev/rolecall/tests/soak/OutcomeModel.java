package dev.rolecall.tests.soak;

import dev.rolecall.identity.RefusalReason;
import java.time.Duration;
import java.util.Set;

/** A model of the permitted outcomes: judges each call by its plan and the faults it met. */
final class OutcomeModel {

  /** How late a busy machine may tell a client that its deadline is over. */
  private static final Duration LATE = Duration.ofSeconds(10);

  /** A proof is at most ten minutes old when a call begins with it, and lives fifteen. */
  private static final Duration LEFT_OF_A_PROOF = Duration.ofMinutes(4);

  private static final Set<String> OUTAGES =
      Set.of(RefusalReason.ISSUER_UNAVAILABLE.name(), RefusalReason.ISSUER_ANSWER_INVALID.name());

  private final FaultWindows windows;

  OutcomeModel(FaultWindows windows) {
    this.windows = windows;
  }

  /**
   * The verdict on that end.
   *
   * @param began its beginning, by {@link System#nanoTime}
   * @param cancelled whether its client cancelled it
   * @param lasted its duration by the clock of servers and clients
   */
  CallVerdict of(PlannedCall planned, CallEnd end, long began, boolean cancelled, Duration lasted) {
    if (System.nanoTime() - began > planned.deadline().plus(LATE).toNanos()) {
      return CallVerdict.LOST;
    }
    return switch (end.code()) {
      case OK -> admitted(planned, began);
      case CANCELLED -> fineIf(cancelled || windows.disconnected.touched(began), CallVerdict.LOST);
      case DEADLINE_EXCEEDED -> fineIf(!planned.patient(), CallVerdict.LOST);
      case PERMISSION_DENIED -> denied(planned, end, began);
      case UNAUTHENTICATED -> unauthenticated(planned, end, lasted);
      case UNAVAILABLE -> unavailable(planned, end, began);
      // What gRPC itself says of some calls whose connection breaks.
      case UNKNOWN ->
          fineIf(
              end.description().equals("channel closed") && windows.disconnected.touched(began),
              CallVerdict.SURPRISING);
      case RESOURCE_EXHAUSTED ->
          fineIf(
              planned.actor() == CallerKind.FORGER || windows.stsFailing.touched(began),
              CallVerdict.SURPRISING);
      default -> CallVerdict.SURPRISING;
    };
  }

  /** Whether a call that is let through, begun since then, may be. */
  CallVerdict admitted(PlannedCall planned, long began) {
    boolean always = planned.actor().mayAlwaysCall(planned.method());
    boolean allowedNow =
        planned.actor().mayCall(planned.method()) && windows.seasonalAllowed.touched(began);
    return fineIf(always || allowedNow, CallVerdict.WRONGLY_ADMITTED);
  }

  private CallVerdict denied(PlannedCall planned, CallEnd end, long began) {
    boolean forbidden =
        planned.actor() == CallerKind.SEASONAL
            ? windows.seasonalForbidden.touched(began)
            : !planned.actor().mayAlwaysCall(planned.method())
                && planned.actor().role().isPresent();
    return fineIf(
        forbidden && end.reason().equals(RefusalReason.METHOD_NOT_ALLOWED.name()),
        CallVerdict.WRONGLY_REFUSED);
  }

  private static CallVerdict unauthenticated(PlannedCall planned, CallEnd end, Duration lasted) {
    String expected =
        switch (planned.actor()) {
          case FORGER -> RefusalReason.ISSUER_REFUSED.name();
          case NOBODY -> RefusalReason.CREDENTIAL_MISSING.name();
          default -> RefusalReason.CREDENTIAL_EXPIRED.name();
        };
    boolean honest = planned.actor().role().isPresent();
    boolean outlived = planned.open() && lasted.compareTo(LEFT_OF_A_PROOF) > 0;
    return fineIf(
        end.reason().equals(expected) && (!honest || outlived), CallVerdict.WRONGLY_REFUSED);
  }

  private CallVerdict unavailable(PlannedCall planned, CallEnd end, long began) {
    boolean explained =
        windows.disconnected.touched(began)
            || (OUTAGES.contains(end.reason()) && windows.stsFailing.touched(began))
            // An old connection is closed when its grace is over, whatever is still open on it.
            || (planned.open() && end.reason().isEmpty());
    return fineIf(explained, CallVerdict.SURPRISING);
  }

  private static CallVerdict fineIf(boolean expected, CallVerdict otherwise) {
    return expected ? CallVerdict.FINE : otherwise;
  }
}
