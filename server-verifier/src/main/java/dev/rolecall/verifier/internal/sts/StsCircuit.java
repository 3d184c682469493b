package dev.rolecall.verifier.internal.sts;

import dev.rolecall.access.internal.metrics.SupervisedTask;
import dev.rolecall.access.runtime.RetryAfter;
import dev.rolecall.access.scheme.Question;
import dev.rolecall.verifier.internal.answer.StsAnswer;
import dev.rolecall.verifier.internal.answer.StsCode;
import dev.rolecall.verifier.internal.endpoint.StsEndpoint;
import dev.rolecall.verifier.internal.http.StsRequest;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The circuit of one endpoint. While it is closed, the endpoint is asked about callers' proofs.
 * While it is open, the endpoint does not answer, and no look-up waits to find that out again.
 *
 * <p>Callers' requests neither open a circuit nor keep it open. After {@value #SUSPICION} requests
 * in a row without an answer the verifier asks a question of its own ({@link StsRequest#ofNobody}),
 * which alone decides. Without an answer the circuit opens; with one, the fault lay with those
 * proofs. While it is open, the first look-up after each {@link CircuitPause} asks the question
 * again. So proofs that make STS fail do not shut out others, and no caller can delay or cancel the
 * question that would admit them again.
 *
 * <p>An answer is anything that STS says, be it no or "too busy": throttling is of the signer's
 * account, and any signer could bring it about.
 *
 * <p>Safe for use by many threads. The lock guards the fields and is never held while anything else
 * is called but the ticker and the random generator.
 */
final class StsCircuit {

  /** Requests in a row without an answer after which the endpoint is suspected to be away. */
  static final int SUSPICION = 5;

  /** What look-ups that are under way are given to answer a question before it is sent. */
  static final Duration FIRST_LOOK_UPS = Duration.ofMillis(250);

  /** How old an answer may be that spares a question. */
  private static final Duration JUST_NOW = Duration.ofSeconds(1);

  private static final String LOOK_UP = SupervisedTask.LOOK_UP.label();

  private static final CompletableFuture<Passage> AT_ONCE =
      CompletableFuture.completedFuture(Passage.GO);
  private static final CompletableFuture<Passage> TURNED_AWAY =
      CompletableFuture.completedFuture(Passage.STOP);

  private final Dependencies means;
  private final StsEndpoint endpoint;
  private final RetryAfter retryAfter;

  private final Object lock = new Object();
  private final CircuitPause pause;
  private boolean open;
  private int unanswered;
  private @Nullable Long answeredAt;
  private @Nullable Question question;
  private boolean shutDown;

  StsCircuit(Dependencies means, StsEndpoint endpoint) {
    this.means = means;
    this.endpoint = endpoint;
    this.retryAfter = new RetryAfter(means.random());
    this.pause = new CircuitPause(means.ticker(), means.random());
  }

  /**
   * Lets a look-up begin, or turns it away. Completed already, but where the pause is over: then
   * the endpoint may be back, and is asked first, which takes at most half of a look-up's time.
   */
  CompletableFuture<Passage> enter() {
    synchronized (lock) {
      if (!open) {
        return AT_ONCE;
      }
    }
    return probe();
  }

  /**
   * The verdict of the question under way, or of one that is asked now: of a closed circuit at any
   * time, of an open one once its pause is over. Who waits for it is the caller's to bound.
   *
   * <p>Of a closed circuit look-ups are under way, as a rule, and an answer to one of them is as
   * good: the question is sent only if {@link #FIRST_LOOK_UPS} have brought none.
   */
  CompletableFuture<Passage> probe() {
    Question asked;
    boolean wait;
    synchronized (lock) {
      if (question != null) {
        return question.verdict;
      }
      if (open && !pause.left().isZero()) {
        return TURNED_AWAY;
      }
      wait = !open;
      if (wait && hasJustAnswered()) {
        return AT_ONCE;
      }
      asked = new Question(wait);
      question = asked;
    }
    if (wait) {
      asked.askLater();
    } else {
      asked.ask();
    }
    return asked.verdict;
  }

  /** Whether a look-up that has begun may send its request again. */
  boolean admitsRetries() {
    synchronized (lock) {
      return !open;
    }
  }

  /** Takes note of how a look-up's request ended. */
  void answered(StsCode code) {
    boolean closed = false;
    Question asked = null;
    Question needless = null;
    synchronized (lock) {
      if (code.isFromSts()) {
        unanswered = 0;
        answeredAt = means.ticker().getAsLong();
        closed = close();
        if (question != null && question.waits) {
          needless = question;
          question = null;
        } else if (question != null) {
          question.contradicted = true;
        }
      } else {
        unanswered++;
        if (unanswered >= SUSPICION && !open && question == null) {
          asked = new Question(false);
          question = asked;
        }
      }
    }
    if (closed) {
      means.log().circuitClosed(endpoint);
    }
    if (needless != null) {
      needless.verdict.complete(Passage.GO);
    }
    if (asked != null) {
      asked.ask();
    }
  }

  /** How long a caller is told to wait whose look-up failed or was turned away. */
  Duration retryAfter() {
    Duration first;
    Duration spread;
    synchronized (lock) {
      first = open ? pause.left() : Duration.ZERO;
      spread = pause.ceiling();
    }
    return retryAfter.after(first, spread);
  }

  /** Ends the question under way, and asks no more. */
  void shutDown() {
    Question asked;
    synchronized (lock) {
      shutDown = true;
      asked = question;
    }
    if (asked != null) {
      asked.askUnlessAnswered();
      asked.abandon();
    }
  }

  private boolean hasJustAnswered() {
    return answeredAt != null && means.ticker().getAsLong() - answeredAt < JUST_NOW.toNanos();
  }

  /** With the lock held: whether that was a change. */
  private boolean close() {
    boolean wasOpen = open;
    open = false;
    pause.reset();
    return wasOpen;
  }

  /** With the lock held: whether that was a change. */
  private boolean open() {
    boolean wasOpen = open;
    open = true;
    pause.begin();
    return !wasOpen;
  }

  /** The verifier's own question, asked once. */
  private final class Question implements StsExchange.Ending {

    private final CompletableFuture<Passage> verdict = new CompletableFuture<>();
    private volatile @Nullable StsExchange exchange;

    /** Guarded by the lock: STS has answered another request meanwhile. */
    private boolean contradicted;

    /** Guarded by the lock: it has not been sent, and may turn out to be needless. */
    private boolean waits;

    Question(boolean waits) {
      this.waits = waits;
    }

    /** Without the lock. */
    void askLater() {
      try {
        means.executeAfter(
            FIRST_LOOK_UPS, LOOK_UP, this::askUnlessAnswered, this::askUnlessAnswered);
      } catch (RuntimeException | Error e) {
        // No further thread, or the scheduler has been shut down: now is as good.
        askUnlessAnswered();
      }
    }

    private void askUnlessAnswered() {
      synchronized (lock) {
        if (question != this || !waits) {
          return;
        }
        waits = false;
      }
      ask();
    }

    /** Without the lock. */
    void ask() {
      try {
        StsExchange begun =
            new StsExchange(
                means,
                StsRequest.ofNobody(endpoint, means.clock().instant()),
                means.retries().attemptTimeout(Duration.ZERO));
        exchange = begun;
        begun.whenOver(this);
        if (isShutDown()) {
          begun.abandon();
        }
      } catch (RuntimeException | Error e) {
        failed(e);
      }
    }

    private boolean isShutDown() {
      synchronized (lock) {
        return shutDown;
      }
    }

    void abandon() {
      StsExchange underWay = exchange;
      if (underWay != null) {
        underWay.abandon();
      }
    }

    @Override
    public void answered(StsAnswer answer) {
      boolean alive;
      boolean changed;
      synchronized (lock) {
        question = null;
        unanswered = 0;
        alive = contradicted || answer.code().isFromSts();
        changed = alive ? close() : open();
      }
      if (changed && alive) {
        means.log().circuitClosed(endpoint);
      } else if (changed && !isShutDown()) {
        means.log().circuitOpened(endpoint, answer.code());
      }
      verdict.complete(alive ? Passage.GO : Passage.STOP);
    }

    /** Look-ups meet the same defect, or wait for this verdict and end with it; they report it. */
    @Override
    public void failed(Throwable defect) {
      synchronized (lock) {
        question = null;
        unanswered = 0;
      }
      verdict.completeExceptionally(defect);
    }
  }
}
