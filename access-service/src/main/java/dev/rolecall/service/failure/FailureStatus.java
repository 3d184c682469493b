package dev.rolecall.service.failure;

import dev.rolecall.guard.internal.status.StatusDetails;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Optional;

/**
 * The status that the caller of a call is told. The one place of the service that chooses a code.
 *
 * @see <a href="https://google.aip.dev/193">AIP-193, errors</a>
 */
public final class FailureStatus {

  private static final Duration RETRY = Duration.ofSeconds(1);

  private FailureStatus() {}

  /** The failure as gRPC carries it, with ErrorInfo, and RetryInfo where to ask again may help. */
  public static StatusRuntimeException of(AccessFailure failure) {
    Status status =
        code(failure.reason().kind())
            .toStatus()
            .withDescription(failure.reason() + ": " + failure.sentence());
    byte[] details =
        StatusDetails.of(
            status,
            new StatusDetails.ErrorInfo(
                failure.reason().name(), StatusDetails.DOMAIN, failure.metadata()));
    Metadata trailers = new Metadata();
    trailers.put(
        StatusDetails.KEY,
        retry(failure.reason().kind())
            .map(wait -> StatusDetails.of(details, wait))
            .orElse(details));
    return status.asRuntimeException(trailers);
  }

  private static Optional<Duration> retry(FailureKind kind) {
    return kind == FailureKind.UNAVAILABLE ? Optional.of(RETRY) : Optional.empty();
  }

  private static Status.Code code(FailureKind kind) {
    return switch (kind) {
      case INVALID -> Status.Code.INVALID_ARGUMENT;
      case FORBIDDEN -> Status.Code.PERMISSION_DENIED;
      case NOT_FOUND -> Status.Code.NOT_FOUND;
      case WRONG_STATE -> Status.Code.FAILED_PRECONDITION;
      case CONFLICT -> Status.Code.ALREADY_EXISTS;
      case OVER_LIMIT -> Status.Code.RESOURCE_EXHAUSTED;
      case UNAVAILABLE -> Status.Code.UNAVAILABLE;
      case NOT_OFFERED -> Status.Code.UNIMPLEMENTED;
      case DEFECT -> Status.Code.INTERNAL;
    };
  }
}
