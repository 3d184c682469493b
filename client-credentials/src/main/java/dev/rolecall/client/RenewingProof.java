package dev.rolecall.client;

import static java.util.Objects.requireNonNull;

import dev.rolecall.client.SignedProof.Age;
import dev.rolecall.identity.internal.Supervisor;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A proof that is renewed for as long as calls ask for it. Fresh: used. Stale: used, while one
 * renewal runs behind. Expired, or never signed: all wait for the same renewal.
 *
 * <p>A renewal belongs to no call. Each call that waits offers it an executor, and the first one
 * that gets to it does the work. A blocking stub's executor runs only while its own call waits, so
 * a renewal tied to one of them could outlive it. Safe for use by many threads; nothing is called
 * back under its lock.
 */
final class RenewingProof {

  /**
   * The sources of time and chance.
   *
   * @param clock the time of day, which ages proofs
   * @param ticker elapsed nanoseconds, for the pause after a failure
   * @param random numbers from 0 to 1, for the jitter of that pause
   */
  record Timing(Clock clock, LongSupplier ticker, DoubleSupplier random) {
    Timing {
      requireNonNull(clock, "clock");
      requireNonNull(ticker, "ticker");
      requireNonNull(random, "random");
    }

    Timing withClock(Clock other) {
      return new Timing(other, ticker, random);
    }

    Timing withTicker(LongSupplier other) {
      return new Timing(clock, other, random);
    }

    Timing withRandom(DoubleSupplier other) {
      return new Timing(clock, ticker, other);
    }
  }

  private static final System.Logger LOG = System.getLogger("rolecall.client");

  private final Supplier<SignedProof> signing;
  private final Clock clock;
  private final Supervisor supervisor;
  private final Object lock = new Object();
  private volatile @Nullable SignedProof held;

  // Guarded by lock.
  private final Backoff backoff;
  private @Nullable Renewal renewal;
  private @Nullable ProofUnavailableException lastFailure;

  /**
   * A proof that no call has asked for yet.
   *
   * @param signing makes one; may block
   * @param supervisor hands renewals to executors
   */
  RenewingProof(Supplier<SignedProof> signing, Timing timing, Supervisor supervisor) {
    this.supervisor = requireNonNull(supervisor, "supervisor");
    this.signing = requireNonNull(signing, "signing");
    this.clock = timing.clock();
    this.backoff = new Backoff(timing.ticker(), timing.random());
  }

  /** The proof if it is fresh; takes no lock. */
  @Nullable SignedProof fresh() {
    SignedProof proof = held;
    return proof != null && proof.age(clock.millis()) == Age.FRESH ? proof : null;
  }

  /**
   * The proof, now or when the renewal ends. Never blocks; what blocks is offered to the executor.
   *
   * @return fails with {@link ProofUnavailableException} alone
   */
  CompletableFuture<SignedProof> get(Executor executor) {
    SignedProof usable = held;
    Age age = usable == null ? Age.EXPIRED : usable.age(clock.millis());
    if (usable != null && age == Age.FRESH) {
      return CompletableFuture.completedFuture(usable);
    }
    if (usable != null && age == Age.STALE) {
      renewBehind(usable, executor);
      return CompletableFuture.completedFuture(usable);
    }
    return renewed(usable, executor);
  }

  /** Whether it holds a proof that no call may use, and no renewal runs. */
  boolean isLapsed() {
    synchronized (lock) {
      SignedProof proof = held;
      return proof != null && renewal == null && proof.age(clock.millis()) == Age.EXPIRED;
    }
  }

  private void renewBehind(SignedProof seen, Executor executor) {
    Renewal behind;
    synchronized (lock) {
      if (held != seen || (renewal == null && !backoff.isOver())) {
        return;
      }
      behind = renewal == null ? new Renewal() : renewal;
      renewal = behind;
      if (behind.offered) {
        return;
      }
      behind.offered = true;
    }
    if (!behind.offerTo(executor)) {
      synchronized (lock) {
        behind.offered = false;
      }
    }
  }

  private CompletableFuture<SignedProof> renewed(@Nullable SignedProof seen, Executor executor) {
    Renewal awaited;
    synchronized (lock) {
      SignedProof current = held;
      if (current != null && current != seen) {
        return CompletableFuture.completedFuture(current);
      }
      if (renewal == null) {
        if (lastFailure != null && !backoff.isOver()) {
          return CompletableFuture.failedFuture(lastFailure);
        }
        renewal = new Renewal();
      }
      awaited = renewal;
    }
    return awaited.offerTo(executor)
        ? awaited.outcome
        : CompletableFuture.failedFuture(ProofFailure.rejected());
  }

  /** One attempt at a new proof, run at most once by whichever executor gets to it. */
  private final class Renewal implements Runnable {

    final CompletableFuture<SignedProof> outcome = new CompletableFuture<>();
    private final AtomicBoolean started = new AtomicBoolean();

    // Guarded by lock: whether an executor has been asked to run it behind the calls.
    boolean offered;

    /** False if it has not begun and the executor will not run it either. */
    boolean offerTo(Executor executor) {
      if (started.get()) {
        return true;
      }
      return supervisor.offer(executor, RenewalCounter.TASK, this) || started.get();
    }

    @Override
    public void run() {
      if (!started.compareAndSet(false, true)) {
        return;
      }
      try {
        succeed(signing.get());
      } catch (ProofUnavailableException e) {
        fail(e);
      } catch (Throwable e) {
        // An Error too, as CompletableFuture does: calls are waiting, and must hear of it.
        fail(ProofFailure.defect(e));
      }
    }

    private void succeed(SignedProof proof) {
      synchronized (lock) {
        held = proof;
        renewal = null;
        lastFailure = null;
        backoff.succeeded();
      }
      outcome.complete(proof);
    }

    /** Whatever throws here, the renewal is over and those who wait are told: this comes first. */
    private void fail(ProofUnavailableException failure) {
      synchronized (lock) {
        renewal = null;
        lastFailure = failure;
        supervisor.run(RenewalCounter.TASK, backoff::failed);
      }
      outcome.completeExceptionally(failure);
      supervisor.run(RenewalCounter.TASK, () -> logIfBehind(failure));
    }

    private void logIfBehind(ProofUnavailableException failure) {
      SignedProof proof = held;
      if (proof != null && proof.age(clock.millis()) != Age.EXPIRED) {
        // No call sees this one. When the proof has expired, calls do, and need no log.
        LOG.log(
            System.Logger.Level.WARNING,
            "the caller proof could not be renewed and is used until it expires: {0}",
            failure.getMessage());
      }
    }
  }
}
