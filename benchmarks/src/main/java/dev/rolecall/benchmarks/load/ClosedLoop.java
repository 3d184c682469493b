package dev.rolecall.benchmarks.load;

import static java.util.Objects.requireNonNull;

import dev.rolecall.benchmarks.fleet.ProcessUsage;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Calls one after another in a number of lanes, each of which begins its next call on the thread
 * that ended the last: no executor, no stub, no waiting between calls.
 */
final class ClosedLoop {

  private static final byte[] MESSAGE = new byte[64];

  private final Channel channel;
  private final CallOptions options;

  ClosedLoop(Channel channel, CallOptions options) {
    this.channel = requireNonNull(channel, "channel");
    this.options = requireNonNull(options, "options");
  }

  /**
   * Calls for that long, and until what is under way then has ended.
   *
   * @return with no use of the server's
   * @throws IllegalStateException if a call failed
   */
  Slice run(Shape shape, Duration duration) throws InterruptedException {
    ProcessUsage before = ProcessUsage.now();
    long start = System.nanoTime();
    Stretch stretch = new Stretch(shape, start + duration.toNanos());
    List<Lane> lanes = new ArrayList<>();
    for (int i = 0; i < shape.inFlight(); i++) {
      lanes.add(new Lane(stretch));
    }
    lanes.forEach(Lane::next);
    stretch.running.await();
    long nanos = System.nanoTime() - start;
    @Nullable Status failure = stretch.failure.get();
    if (failure != null) {
      throw new IllegalStateException("a call failed: " + failure);
    }
    return new Slice(
        lanes.stream().mapToLong(lane -> lane.calls).sum(),
        nanos,
        ProcessUsage.now().since(before),
        new ProcessUsage(0, 0));
  }

  private static final class Stretch {

    final Shape shape;
    final long end;
    final CountDownLatch running;
    final AtomicReference<@Nullable Status> failure = new AtomicReference<>();

    Stretch(Shape shape, long end) {
      this.shape = shape;
      this.end = end;
      this.running = new CountDownLatch(shape.inFlight());
    }

    boolean goesOn() {
      return System.nanoTime() - end < 0;
    }
  }

  /** Its count is written by one thread at a time, and read when the latch has opened. */
  private final class Lane extends ClientCall.Listener<byte[]> {

    private final Stretch stretch;
    private long calls;

    Lane(Stretch stretch) {
      this.stretch = stretch;
    }

    void next() {
      ClientCall<byte[], byte[]> call = channel.newCall(stretch.shape.method(), options);
      call.start(this, new Metadata());
      int messages = stretch.shape.messages();
      call.request(messages + 1);
      for (int i = 0; i < messages; i++) {
        call.sendMessage(MESSAGE);
      }
      call.halfClose();
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      if (!status.isOk()) {
        stretch.failure.compareAndSet(null, status);
        stretch.running.countDown();
        return;
      }
      calls++;
      if (stretch.goesOn()) {
        next();
      } else {
        stretch.running.countDown();
      }
    }
  }
}
