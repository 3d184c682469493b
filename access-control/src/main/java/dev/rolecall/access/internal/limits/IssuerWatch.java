package dev.rolecall.access.internal.limits;

import dev.rolecall.access.scheme.Issuer;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A watch over issuers: which have answered lately, and how many look-ups are under way at each.
 *
 * <p>A credential names its issuer, so a peer can have any accepted issuer asked, one that does not
 * answer included. Such look-ups end late. So an issuer that has not answered within {@code LATELY}
 * is asked about {@value #MOST_DOUBTFUL} credentials at a time, of one peer about {@value
 * #MOST_DOUBTFUL_OF_A_PEER}; one that has is asked about three quarters of all.
 *
 * <p>As many are remembered as there are issuers in the verifier's table. Safe for use by many
 * threads; never blocks.
 */
final class IssuerWatch {

  static final int MOST_DOUBTFUL = 4;
  static final int MOST_DOUBTFUL_OF_A_PEER = 2;

  /** After that long without an answer an issuer is as good as one that never answered. */
  static final Duration LATELY = Duration.ofSeconds(10);

  private final int mostAnswering;
  private final LongSupplier ticker;
  private final ConcurrentMap<Issuer, Watched> issuers = new ConcurrentHashMap<>();

  /** How many answers there have been, of all issuers together. */
  private final AtomicLong answers = new AtomicLong();

  IssuerWatch(int total, LongSupplier ticker) {
    this.mostAnswering = total - total / 4;
    this.ticker = ticker;
  }

  Watched of(Issuer issuer) {
    return issuers.computeIfAbsent(issuer, missing -> new Watched());
  }

  /** One issuer. */
  final class Watched {

    private final PeerLimit doubtful =
        new PeerLimit(new PeerLimit.Bound(MOST_DOUBTFUL, MOST_DOUBTFUL_OF_A_PEER), 0);

    private final Semaphore answering = new Semaphore(mostAnswering);

    private final AtomicLong ownAnswers = new AtomicLong();
    private volatile boolean answered;
    private volatile long answeredAt;

    /** Whether the issuer has said something lately. */
    boolean isAnswering() {
      return answered && ticker.getAsLong() - answeredAt < LATELY.toNanos();
    }

    /** The issuer has said something, be it no. */
    void answered() {
      answeredAt = ticker.getAsLong();
      answered = true;
      ownAnswers.incrementAndGet();
      answers.incrementAndGet();
    }

    /** The issuer has not answered the verifier's own question. */
    void silent() {
      answered = false;
    }

    /** One of the few places of an issuer that does not answer; null if none is free. */
    @Nullable Place tryDoubtful(LookupSource source) {
      return doubtful.tryCommon(source.peer());
    }

    /** One of the many places of an issuer that answers; null if none is free. */
    @Nullable Place tryAnswering() {
      return answering.tryAcquire() ? answering::release : null;
    }

    /** How many answers other issuers have given so far. */
    long answersOfOthers() {
      return answers.get() - ownAnswers.get();
    }
  }
}
