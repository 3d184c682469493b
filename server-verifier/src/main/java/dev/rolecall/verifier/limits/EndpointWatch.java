package dev.rolecall.verifier.limits;

import dev.rolecall.verifier.sts.StsEndpoint;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Which STS endpoints have answered lately, and how many look-ups are under way at each.
 *
 * <p>A proof names its endpoint, so a peer can have any accepted endpoint asked, one that does not
 * answer included. Such look-ups end late. So an endpoint that has not answered within {@code
 * LATELY} is asked about {@value #MOST_DOUBTFUL} proofs at a time, of one peer about {@value
 * #MOST_DOUBTFUL_OF_A_PEER}; one that has is asked about three quarters of all.
 *
 * <p>As many are remembered as there are endpoints in the verifier's table. Safe for use by many
 * threads; never blocks.
 */
final class EndpointWatch {

  static final int MOST_DOUBTFUL = 4;
  static final int MOST_DOUBTFUL_OF_A_PEER = 2;

  /** After that long without an answer an endpoint is as good as one that never answered. */
  static final Duration LATELY = Duration.ofSeconds(10);

  private final int mostAnswering;
  private final LongSupplier ticker;
  private final ConcurrentMap<StsEndpoint, Watched> endpoints = new ConcurrentHashMap<>();

  /** How many answers there have been, of all endpoints together. */
  private final AtomicLong answers = new AtomicLong();

  EndpointWatch(int total, LongSupplier ticker) {
    this.mostAnswering = total - total / 4;
    this.ticker = ticker;
  }

  Watched of(StsEndpoint endpoint) {
    return endpoints.computeIfAbsent(endpoint, missing -> new Watched());
  }

  /** One endpoint. */
  final class Watched {

    private final PeerLimit doubtful =
        new PeerLimit(new PeerLimit.Bound(MOST_DOUBTFUL, MOST_DOUBTFUL_OF_A_PEER), 0);

    private final Semaphore answering = new Semaphore(mostAnswering);

    private final AtomicLong ownAnswers = new AtomicLong();
    private volatile boolean answered;
    private volatile long answeredAt;

    /** Whether the endpoint has said something lately. */
    boolean isAnswering() {
      return answered && ticker.getAsLong() - answeredAt < LATELY.toNanos();
    }

    /** The endpoint has said something, be it no. */
    void answered() {
      answeredAt = ticker.getAsLong();
      answered = true;
      ownAnswers.incrementAndGet();
      answers.incrementAndGet();
    }

    /** The endpoint has not answered the verifier's own question. */
    void silent() {
      answered = false;
    }

    /** One of the few places of an endpoint that does not answer; null if none is free. */
    @Nullable Place tryDoubtful(Asker asker) {
      return doubtful.tryCommon(asker.peer());
    }

    /** One of the many places of an endpoint that answers; null if none is free. */
    @Nullable Place tryAnswering() {
      return answering.tryAcquire() ? answering::release : null;
    }

    /** How many answers other endpoints have given so far. */
    long answersOfOthers() {
      return answers.get() - ownAnswers.get();
    }
  }
}
