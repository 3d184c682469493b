package dev.rolecall.benchmarks.grants;

import dev.rolecall.benchmarks.pace.Pause;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;

/** The streams of one holder in this process. Safe for use by many threads. */
public final class StreamGroup {

  private static final int AT_ONCE = 100;
  private static final int MOST_ATTEMPTS = 60;
  private static final Duration BEFORE_NEXT_ATTEMPT = Duration.ofMillis(200);

  private final Semaphore places = new Semaphore(AT_ONCE);

  // Guarded by this object.
  private final Map<String, Integer> reasons = new TreeMap<>();
  private final Map<String, Integer> refusals = new TreeMap<>();
  private final List<Long> closes = new ArrayList<>();
  private final List<Ended.Tick> ticks = new ArrayList<>();
  private int admitted;
  private int refused;

  /** A group without a stream. */
  public StreamGroup() {}

  /**
   * Opens so many streams, and waits until each is admitted. One that is refused is tried again:
   * the news of its grant may be on its way.
   *
   * @throws IllegalStateException if some are refused for too long; the message has the reasons
   */
  public void open(
      Channel channel, CallOptions options, MethodDescriptor<byte[], byte[]> method, int count)
      throws InterruptedException {
    int left = attempt(channel, options, method, count);
    for (int tries = 1; left > 0; tries++) {
      if (tries == MOST_ATTEMPTS) {
        throw new IllegalStateException(left + " streams are not admitted: " + refusals());
      }
      Pause.of(BEFORE_NEXT_ATTEMPT);
      left = attempt(channel, options, method, left);
    }
  }

  /** The number of streams that were refused. */
  private int attempt(
      Channel channel, CallOptions options, MethodDescriptor<byte[], byte[]> method, int count)
      throws InterruptedException {
    synchronized (this) {
      refused = 0;
    }
    for (int i = 0; i < count; i++) {
      places.acquire();
      ClientCall<byte[], byte[]> call = channel.newCall(method, options);
      call.start(new OpenStream(this), new Metadata());
      call.request(Integer.MAX_VALUE);
    }
    places.acquire(AT_ONCE);
    places.release(AT_ONCE);
    synchronized (this) {
      return refused;
    }
  }

  private synchronized Map<String, Integer> refusals() {
    return new TreeMap<>(refusals);
  }

  void admitted() {
    synchronized (this) {
      admitted++;
    }
    places.release();
  }

  void refused(String reason) {
    synchronized (this) {
      refused++;
      refusals.merge(reason, 1, Integer::sum);
    }
    places.release();
  }

  synchronized void ended(long when, String reason) {
    closes.add(when);
    reasons.merge(reason, 1, Integer::sum);
    if (closes.size() == admitted) {
      notifyAll();
    }
  }

  synchronized void lastTick(Ended.Tick tick) {
    ticks.add(tick);
  }

  /** Waits until all have ended, for so long at most, and says how they ended. */
  public synchronized Ended awaitEnded(Duration patience) throws InterruptedException {
    long until = System.nanoTime() + patience.toNanos();
    long left = patience.toMillis();
    while (closes.size() < admitted && left > 0) {
      wait(left);
      left = (until - System.nanoTime()) / 1_000_000;
    }
    return new Ended(admitted - closes.size(), reasons, closes, ticks);
  }
}
