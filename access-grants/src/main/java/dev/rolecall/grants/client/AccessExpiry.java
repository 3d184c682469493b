package dev.rolecall.grants.client;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.Range;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Tells a client some time before the access of one of its calls ends, so that it can ask for an
 * extension in time. A guarded server states the end in the response headers of each call that
 * rests on a grant.
 *
 * <p>The headers come once. An extension keeps the call open beyond the stated end, but this does
 * not hear of it, and tells nothing more about the call. A client that extends a grant knows the
 * new end from the access service's answer.
 *
 * <p>A value that is no time is ignored. The end is by the service's clock, and the time until then
 * by this client's: a client whose clock is wrong hears as much too early or too late. Safe for use
 * by many threads.
 */
public final class AccessExpiry implements ClientInterceptor {

  /** The header of a response that states the end of access, in RFC 3339. */
  static final Metadata.Key<String> HEADER =
      Metadata.Key.of("rolecall-access-expires-at", Metadata.ASCII_STRING_MARSHALLER);

  private static final Duration MOST = Duration.ofDays(1);
  private static final int LONGEST = 40;

  private final Duration before;
  private final ScheduledExecutorService timer;
  private final ClientTime time;
  private final AccessEnding.Listener listener;

  private AccessExpiry(
      Duration before,
      ScheduledExecutorService timer,
      ClientTime time,
      AccessEnding.Listener listener) {
    this.before = before;
    this.timer = timer;
    this.time = time;
    this.listener = listener;
  }

  /**
   * Tells the listener so long before the end of each call's access; at once where less is left.
   *
   * @param before zero to a day
   * @param timer times the calls; left running. A call that ends takes its task back
   * @throws IllegalArgumentException if the time is less or more
   */
  public static AccessExpiry notifyBefore(
      Duration before, ScheduledExecutorService timer, AccessEnding.Listener listener) {
    return notifyBefore(before, timer, new ClientTime(), listener);
  }

  static AccessExpiry notifyBefore(
      Duration before,
      ScheduledExecutorService timer,
      ClientTime time,
      AccessEnding.Listener listener) {
    Range.check("before", before, Duration.ZERO, MOST);
    requireNonNull(timer, "timer");
    return new AccessExpiry(before, timer, time, requireNonNull(listener, "listener"));
  }

  @Override
  public <Q, R> ClientCall<Q, R> interceptCall(
      MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
    return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
      @Override
      public void start(Listener<R> responses, Metadata headers) {
        super.start(
            new TimedResponses<>(responses, AccessExpiry.this, method.getFullMethodName()),
            headers);
      }
    };
  }

  /** The end that the headers state; empty if they state none. */
  static Optional<Instant> end(Metadata headers) {
    String text = headers.get(HEADER);
    if (text == null || text.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeParseException e) {
      // A server that says something else says nothing of use; the call goes on.
      return Optional.empty();
    }
  }

  Duration before() {
    return before;
  }

  ScheduledExecutorService timer() {
    return timer;
  }

  /** The time until that end. */
  Duration left(Instant end) {
    Duration left = Duration.between(time.now(), end);
    return left.isNegative() ? Duration.ZERO : left;
  }

  void tell(String method, Instant end) {
    listener.accessEnds(new AccessEnding(method, end, left(end)));
  }
}
