package dev.rolecall.benchmarks.wire;

import java.util.List;
import java.util.stream.LongStream;

/**
 * The bytes of headers that the client sent for each of the calls of one connection.
 *
 * @param ofCalls in their order
 * @param first the number of them that were their caller's first on that connection; all others
 *     follow
 */
record CallBytes(List<Long> ofCalls, int first) {

  /** A header that comes from the table is an index of at most this many bytes, and rarely two. */
  private static final long INDEXED = 100;

  /**
   * Copies.
   *
   * @throws IllegalArgumentException unless there is a first call, and a later one
   */
  CallBytes {
    ofCalls = List.copyOf(ofCalls);
    if (first < 1 || first >= ofCalls.size()) {
      throw new IllegalArgumentException(
          "first calls: " + first + " (expected: 1 to " + (ofCalls.size() - 1) + ")");
    }
  }

  /** Of the very first call. */
  double ofFirst() {
    return ofCalls.get(0);
  }

  /** Of the later ones, on average. */
  double ofLater() {
    return later().average().orElseThrow();
  }

  /** In how many of the later calls, as a share, far more was sent than without a proof. */
  double resent(CallBytes without) {
    double bound = without.ofLater() + INDEXED;
    return later().filter(bytes -> bytes > bound).count() / (double) (ofCalls.size() - first);
  }

  private LongStream later() {
    return ofCalls.stream().skip(first).mapToLong(Long::longValue);
  }
}
