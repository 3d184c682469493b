package dev.rolecall.benchmarks.hooks;

import io.grpc.InternalMetadata;
import io.grpc.Metadata;
import java.time.Clock;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Measures the parts of a hit that {@code Contexts.interceptCall} lacks. Each stands by itself and
 * uses the platform alone: no guard can do them for less.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HitParts {

  private static final int PLACES = 1_024;

  private static final Metadata.Key<byte[]> AUTHORIZATION =
      InternalMetadata.keyOf("authorization", new Shared());

  private final Clock clock = Clock.systemUTC();
  private final Metadata headers = new ReceivedHeaders("Bearer " + SignedProofs.text()).metadata();
  private final AtomicReferenceArray<@Nullable Object> places = new AtomicReferenceArray<>(PLACES);
  private int next;

  /** Whether the proof has lapsed. */
  @Benchmark
  public long readClock() {
    return clock.millis();
  }

  /** That there is one value, and not two. */
  @Benchmark
  public @Nullable Object findOnlyHeader() {
    @Nullable Iterable<byte[]> values = headers.getAll(AUTHORIZATION);
    if (values == null) {
      return null;
    }
    Iterator<byte[]> each = values.iterator();
    byte[] value = each.next();
    return each.hasNext() ? null : value;
  }

  /** In and out for the headers and for the message, and in for the close. */
  @Benchmark
  public Object passGate() {
    AtomicInteger gate = new AtomicInteger();
    for (int i = 0; i < 2; i++) {
      if (gate.compareAndSet(0, 1)) {
        gate.decrementAndGet();
      }
    }
    gate.compareAndSet(0, 1);
    return gate;
  }

  /** Taking a place among the live calls, where it can be found and ended, and leaving it. */
  @Benchmark
  public Object takePlace() {
    Object call = new Object();
    int place = next++ & (PLACES - 1);
    if (places.compareAndSet(place, null, call)) {
      places.setRelease(place, null);
    }
    return call;
  }

  /** A header's bytes as the transport has them. */
  private static final class Shared implements InternalMetadata.TrustedAsciiMarshaller<byte[]> {
    @Override
    public byte[] toAsciiString(byte[] value) {
      return value;
    }

    @Override
    public byte[] parseAsciiString(byte[] serialized) {
      return serialized;
    }
  }
}
