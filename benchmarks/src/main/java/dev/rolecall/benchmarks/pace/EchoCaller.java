package dev.rolecall.benchmarks.pace;

import static java.util.Objects.requireNonNull;

import dev.rolecall.benchmarks.fleet.Echo;
import io.grpc.CallCredentials;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Calls {@link Echo#SAY} on one channel. For many threads. */
public final class EchoCaller implements SteadyCalls.Caller {

  private static final byte[] MESSAGE = new byte[16];
  private static final int MOST_ATTEMPTS = 20;
  private static final Duration BEFORE_NEXT_ATTEMPT = Duration.ofSeconds(1);

  private final Channel channel;
  private final CallOptions options;
  private final Duration deadline;

  private EchoCaller(Channel channel, CallOptions options, Duration deadline) {
    this.channel = requireNonNull(channel, "channel");
    this.options = options;
    this.deadline = requireNonNull(deadline, "deadline");
  }

  /** One who brings no credentials, but those of the channel, and waits so long for an answer. */
  public static EchoCaller on(Channel channel, Duration deadline) {
    return new EchoCaller(channel, CallOptions.DEFAULT, deadline);
  }

  /** The same with those credentials on each call. */
  public EchoCaller with(CallCredentials credentials) {
    return new EchoCaller(channel, options.withCallCredentials(credentials), deadline);
  }

  @Override
  public void call(Consumer<Status> over) {
    ClientCall<byte[], byte[]> call =
        channel.newCall(
            Echo.SAY, options.withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS));
    call.start(
        new ClientCall.Listener<>() {
          @Override
          public void onClose(Status status, Metadata trailers) {
            over.accept(status);
          }
        },
        new Metadata());
    // Two, so that the status comes without being asked for after the one message.
    call.request(2);
    call.sendMessage(MESSAGE);
    call.halfClose();
  }

  /** Calls; the future has the status, whatever it is. */
  public CompletableFuture<Status> call() {
    CompletableFuture<Status> status = new CompletableFuture<>();
    call(status::complete);
    return status;
  }

  /**
   * Calls and waits, and tries again for a while: the first call of all loads classes at both ends,
   * and on a busy machine STS may seem away meanwhile.
   *
   * @throws IllegalStateException if no attempt was answered
   */
  public void callUntilAnswered() {
    Status status = call().join();
    for (int left = MOST_ATTEMPTS; !status.isOk(); left--) {
      if (left == 0) {
        throw new IllegalStateException("a call that must be answered: " + status);
      }
      Pause.of(BEFORE_NEXT_ATTEMPT);
      status = call().join();
    }
  }
}
