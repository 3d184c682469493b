package dev.rolecall.guard.internal.status;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.Refusal;
import dev.rolecall.identity.RefusalReason;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The status that the peer is told. The one place that chooses a status code on the server's side.
 *
 * @see <a href="https://google.aip.dev/193">AIP-193, errors</a>
 */
public final class RefusalStatus {

  // The text of a reason alone is made once: a flood of refusals repeats it.
  private static final Map<RefusalReason, Status> STATUS = forEach(RefusalStatus::make);
  private static final Map<RefusalReason, byte[]> DETAILS =
      forEach(reason -> details(reason, Map.of()));

  /** What is said where not even a refusal can be made. */
  public static final Status DEFECT = of(STATUS, RefusalReason.DEFECT);

  private RefusalStatus() {}

  /** Closes a call that was never handed to its handler. */
  public static void close(ServerCall<?, ?> call, Refusal refusal) {
    call.close(status(refusal.reason()), trailers(refusal));
  }

  /** Closes a call in whatever state it is, after a defect. Throws nothing. */
  public static void closeAfterDefect(ServerCall<?, ?> call) {
    try {
      close(call, Refusal.of(RefusalReason.DEFECT));
    } catch (RuntimeException | Error e) {
      closeBarely(call);
    }
  }

  /** The details could not be made, for want of memory say; or the call is closed already. */
  private static void closeBarely(ServerCall<?, ?> call) {
    try {
      call.close(DEFECT, new Metadata());
    } catch (RuntimeException | Error e) {
      // Closed before the defect, as a rule. Either way there is nothing left to try.
      return;
    }
  }

  /** The code of that reason, with the reason's fixed description. */
  public static Status status(RefusalReason reason) {
    return of(STATUS, reason);
  }

  /** The details: ErrorInfo, and RetryInfo where a time is known. A new object each time. */
  public static Metadata trailers(Refusal refusal) {
    byte[] details =
        refusal.help().isEmpty()
            // A copy: a transport within the process hands the very array to the client.
            ? of(DETAILS, refusal.reason()).clone()
            : details(refusal.reason(), refusal.help());
    Metadata trailers = new Metadata();
    trailers.put(
        StatusDetails.KEY,
        refusal.retryAfter().map(wait -> StatusDetails.of(details, wait)).orElse(details));
    return trailers;
  }

  /** Whether a guard of Rolecall's, and not the service behind it, wrote those trailers. */
  public static boolean isOfGuard(Metadata trailers) {
    byte @Nullable [] details = trailers.get(StatusDetails.KEY);
    return details != null && StatusDetails.isOfDomain(details);
  }

  private static byte[] details(RefusalReason reason, Map<String, String> help) {
    return StatusDetails.of(
        of(STATUS, reason), new StatusDetails.ErrorInfo(reason.name(), StatusDetails.DOMAIN, help));
  }

  private static <T> Map<RefusalReason, T> forEach(Function<RefusalReason, T> made) {
    Map<RefusalReason, T> all = new EnumMap<>(RefusalReason.class);
    for (RefusalReason reason : RefusalReason.values()) {
      all.put(reason, made.apply(reason));
    }
    return all;
  }

  private static <T> T of(Map<RefusalReason, T> all, RefusalReason reason) {
    return requireNonNull(all.get(reason), "reason");
  }

  private static Status make(RefusalReason reason) {
    return code(reason).toStatus().withDescription(reason.statusDescription());
  }

  private static Status.Code code(RefusalReason reason) {
    return switch (reason.kind()) {
      case UNAUTHENTICATED -> Status.Code.UNAUTHENTICATED;
      case FORBIDDEN -> Status.Code.PERMISSION_DENIED;
      case OVER_LIMIT -> Status.Code.RESOURCE_EXHAUSTED;
      case UNAVAILABLE -> Status.Code.UNAVAILABLE;
      case DEFECT -> Status.Code.INTERNAL;
    };
  }
}
