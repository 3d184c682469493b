package dev.rolecall.benchmarks.compare;

import static java.util.Objects.requireNonNull;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Unary calls one after another in a number of lanes, which share out some connections. Each call
 * begins on the thread that ended the last of its lane.
 */
public final class CallLoop {

  private final List<? extends Channel> channels;
  private final MethodDescriptor<byte[], byte[]> method;
  private final CallOptions options;
  private final Predicate<byte[]> good;

  /**
   * A loop.
   *
   * @param good whether an answer is what it should be
   */
  public CallLoop(
      List<? extends Channel> channels,
      MethodDescriptor<byte[], byte[]> method,
      CallOptions options,
      Predicate<byte[]> good) {
    this.channels = List.copyOf(channels);
    this.method = requireNonNull(method, "method");
    this.options = requireNonNull(options, "options");
    this.good = requireNonNull(good, "good");
  }

  /**
   * Calls for that long, and until what is under way then has ended.
   *
   * @param messages gives each call its message; used by many threads
   * @throws IllegalStateException if a call failed
   */
  public Calls run(int lanes, Supplier<byte[]> messages, Duration duration)
      throws InterruptedException {
    long start = System.nanoTime();
    Stretch stretch = new Stretch(start + duration.toNanos(), lanes, messages);
    List<Lane> running = new ArrayList<>();
    for (int i = 0; i < lanes; i++) {
      running.add(new Lane(stretch, channels.get(i % channels.size())));
    }
    running.forEach(Lane::next);
    stretch.open.await();
    long nanos = System.nanoTime() - start;
    @Nullable String failure = stretch.failure.get();
    if (failure != null) {
      throw new IllegalStateException("a call failed: " + failure);
    }
    return new Calls(running.stream().mapToLong(lane -> lane.calls).sum(), nanos);
  }

  private static final class Stretch {

    final long end;
    final CountDownLatch open;
    final Supplier<byte[]> messages;
    final AtomicReference<@Nullable String> failure = new AtomicReference<>();

    Stretch(long end, int lanes, Supplier<byte[]> messages) {
      this.end = end;
      this.open = new CountDownLatch(lanes);
      this.messages = messages;
    }
  }

  /** Its count is written by one thread at a time, and read when the latch has opened. */
  private final class Lane extends ClientCall.Listener<byte[]> {

    private final Stretch stretch;
    private final Channel channel;
    private long calls;
    private boolean answered;

    Lane(Stretch stretch, Channel channel) {
      this.stretch = stretch;
      this.channel = channel;
    }

    void next() {
      answered = false;
      ClientCall<byte[], byte[]> call = channel.newCall(method, options);
      call.start(this, new Metadata());
      call.request(2);
      call.sendMessage(stretch.messages.get());
      call.halfClose();
    }

    @Override
    public void onMessage(byte[] answer) {
      answered = good.test(answer);
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      if (!answered || !status.isOk()) {
        stretch.failure.compareAndSet(null, status.isOk() ? "a wrong answer" : status.toString());
        stretch.open.countDown();
        return;
      }
      calls++;
      if (System.nanoTime() - stretch.end < 0) {
        next();
      } else {
        stretch.open.countDown();
      }
    }
  }
}
