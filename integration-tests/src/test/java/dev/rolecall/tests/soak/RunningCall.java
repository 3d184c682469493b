package dev.rolecall.tests.soak;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.rolecall.testsupport.Echo;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledExecutorService;

/**
 * A planned call that is under way. The client sends and cancels on the timer's one thread, but for
 * the first messages, and for those of a pump, which only its callbacks send.
 */
final class RunningCall extends ClientCall.Listener<String> {

  private static final int MESSAGES = 3;
  private static final String PAYLOAD = "x".repeat(512);

  /** Hears how it ended. */
  @FunctionalInterface
  interface Outcome {
    void ended(CallEnd end, long began, boolean cancelled, Duration lasted);
  }

  private final PlannedCall planned;
  private final ClientCall<String, String> call;
  private final Clock clock;
  private final Outcome outcome;
  private final long began = System.nanoTime();
  private final Instant beganAt;
  private volatile boolean cancelled;

  /**
   * A planned call that is about to begin.
   *
   * @param channel where to
   * @param options with the caller's credentials
   * @param clock the clock of servers and clients
   */
  RunningCall(
      PlannedCall planned, Channel channel, CallOptions options, Clock clock, Outcome outcome) {
    this.planned = planned;
    this.clock = clock;
    this.outcome = outcome;
    this.beganAt = clock.instant();
    this.call =
        channel.newCall(
            planned.method(),
            options
                .withWaitForReady()
                .withDeadlineAfter(planned.deadline().toNanos(), NANOSECONDS));
  }

  /** Calls. */
  void begin(Metadata headers, ScheduledExecutorService timer) {
    headers.put(HandlerCheck.CALL_ID, Long.toString(planned.id()));
    call.start(this, headers);
    call.request(1);
    if (planned.method() != Echo.PUMP) {
      sendFirst();
    }
    planned
        .cancelAfter()
        .ifPresent(
            after -> {
              var unused = timer.schedule(this::cancel, after.toNanos(), NANOSECONDS);
            });
  }

  private void sendFirst() {
    MethodType type = planned.method().getType();
    int messages = type.clientSendsOneMessage() ? 1 : MESSAGES;
    for (int i = 0; i < messages; i++) {
      call.sendMessage(planned.method() == Echo.COUNT ? "5" : "hello");
    }
    if (!planned.open()) {
      call.halfClose();
    }
  }

  /** Whether only its client or a fault would end it soon. */
  boolean isOpen() {
    return planned.open();
  }

  /** The client gives it up. */
  void cancel() {
    cancelled = true;
    call.cancel("enough", null);
  }

  @Override
  public void onMessage(String answer) {
    call.request(1);
  }

  @Override
  public void onReady() {
    if (planned.method() == Echo.PUMP) {
      while (!cancelled && call.isReady()) {
        call.sendMessage(PAYLOAD);
      }
    }
  }

  @Override
  public void onClose(Status status, Metadata trailers) {
    outcome.ended(
        CallEnd.of(status, trailers), began, cancelled, Duration.between(beganAt, clock.instant()));
  }
}
