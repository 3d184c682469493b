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
 * One errand being run. The client sends and cancels on the timer's one thread, but for the first
 * messages, and for those of a pump, which only its callbacks send.
 */
final class Exchange extends ClientCall.Listener<String> {

  private static final int MESSAGES = 3;
  private static final String PAYLOAD = "x".repeat(512);

  /** Hears how it ended. */
  @FunctionalInterface
  interface Outcome {
    void ended(Ending end, long began, boolean cancelled, Duration lasted);
  }

  private final Errand errand;
  private final ClientCall<String, String> call;
  private final Clock clock;
  private final Outcome outcome;
  private final long began = System.nanoTime();
  private final Instant beganAt;
  private volatile boolean cancelled;

  /**
   * An errand about to be run.
   *
   * @param channel where to
   * @param options with the caller's credentials
   * @param clock the clock of servers and clients
   */
  Exchange(Errand errand, Channel channel, CallOptions options, Clock clock, Outcome outcome) {
    this.errand = errand;
    this.clock = clock;
    this.outcome = outcome;
    this.beganAt = clock.instant();
    this.call =
        channel.newCall(
            errand.method(),
            options.withWaitForReady().withDeadlineAfter(errand.deadline().toNanos(), NANOSECONDS));
  }

  /** Calls. */
  void begin(Metadata headers, ScheduledExecutorService timer) {
    headers.put(HandledCalls.ERRAND, Long.toString(errand.id()));
    call.start(this, headers);
    call.request(1);
    if (errand.method() != Echo.PUMP) {
      sendFirst();
    }
    errand
        .cancelAfter()
        .ifPresent(
            after -> {
              var unused = timer.schedule(this::cancel, after.toNanos(), NANOSECONDS);
            });
  }

  private void sendFirst() {
    MethodType type = errand.method().getType();
    int messages = type.clientSendsOneMessage() ? 1 : MESSAGES;
    for (int i = 0; i < messages; i++) {
      call.sendMessage(errand.method() == Echo.COUNT ? "5" : "hello");
    }
    if (!errand.open()) {
      call.halfClose();
    }
  }

  /** Whether nobody but its client, or trouble, would end it soon. */
  boolean isOpen() {
    return errand.open();
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
    if (errand.method() == Echo.PUMP) {
      while (!cancelled && call.isReady()) {
        call.sendMessage(PAYLOAD);
      }
    }
  }

  @Override
  public void onClose(Status status, Metadata trailers) {
    outcome.ended(
        Ending.of(status, trailers), began, cancelled, Duration.between(beganAt, clock.instant()));
  }
}
