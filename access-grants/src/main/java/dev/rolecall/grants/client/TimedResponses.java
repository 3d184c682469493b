package dev.rolecall.grants.client;

import io.grpc.ClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The responses of a call whose access is timed. gRPC calls it from one thread at a time. */
final class TimedResponses<R> extends SimpleForwardingClientCallListener<R> {

  private static final System.Logger LOG = System.getLogger("rolecall.grants");

  private final AccessExpiry expiry;
  private final String method;
  private @Nullable Future<?> timed;

  TimedResponses(ClientCall.Listener<R> responses, AccessExpiry expiry, String method) {
    super(responses);
    this.expiry = expiry;
    this.method = method;
  }

  @Override
  public void onHeaders(Metadata headers) {
    AccessExpiry.end(headers).ifPresent(this::time);
    super.onHeaders(headers);
  }

  private void time(Instant end) {
    Duration wait = expiry.left(end).minus(expiry.before());
    try {
      if (wait.isNegative() || wait.isZero()) {
        tell(end);
      } else {
        timed = expiry.timer().schedule(() -> tell(end), wait.toNanos(), TimeUnit.NANOSECONDS);
      }
    } catch (RejectedExecutionException e) {
      // The timer was shut down: the call goes on without notice.
      LOG.log(System.Logger.Level.DEBUG, "the end of access is not timed", e);
    }
  }

  /** A listener that throws must not end the call, or the timer's thread. */
  private void tell(Instant end) {
    try {
      expiry.tell(method, end);
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "a listener to ends of access threw", e);
    }
  }

  @Override
  public void onClose(Status status, Metadata trailers) {
    if (timed != null) {
      timed.cancel(false);
    }
    super.onClose(status, trailers);
  }
}
