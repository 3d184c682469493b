package dev.rolecall.renewal;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.Supervisor;
import dev.rolecall.renewal.Lifetime.Age;
import io.grpc.CallCredentials.MetadataApplier;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A credential that is renewed for as long as calls ask for it. Fresh: used. Stale: used, while one
 * renewal runs behind. Expired, or never made: all wait for the same renewal. A failed renewal is
 * tried again after a pause of 1, 2, 4, then 8 seconds, less up to half by chance, or of what the
 * failure says; calls that need it in between fail at once.
 *
 * <p>A renewal belongs to no call. Each call that waits offers it an executor, and the first one
 * that gets to it does the work. A blocking stub's executor runs only while its own call waits, so
 * a renewal tied to one of them could outlive it. Safe for use by many threads; never blocks;
 * nothing is called back under its lock.
 *
 * @param <C> the credential
 */
public final class RenewingCredential<C extends RenewableCredential> {

  private static final Duration BETWEEN_REFUSALS = Duration.ofMinutes(1);

  private final CredentialSource<C> source;
  private final Clock clock;
  private final LongSupplier ticker;
  private final RenewalCounter counter;
  private final Object lock = new Object();
  private volatile @Nullable Held<C> held;

  // Guarded by lock.
  private final Backoff backoff;
  private @Nullable Renewal renewal;
  private @Nullable RuntimeException lastFailure;
  private @Nullable Long lastRefusal;

  /**
   * A credential that no call has asked for yet.
   *
   * @param source makes one
   * @param counter counts how that ends
   */
  public RenewingCredential(
      CredentialSource<C> source, RenewalTiming timing, RenewalCounter counter) {
    this.source = requireNonNull(source, "source");
    this.clock = timing.clock();
    this.ticker = timing.ticker();
    this.backoff = new Backoff(timing.ticker(), timing.random());
    this.counter = requireNonNull(counter, "counter");
  }

  /** The credential if it is fresh, null if not; takes no lock. */
  public @Nullable C fresh() {
    Held<C> current = held;
    return current != null && current.age(clock.millis()) == Age.FRESH
        ? current.credential()
        : null;
  }

  /**
   * Answers a call's question for its headers, once: now if the credential is good, else when the
   * renewal ends, on the thread that ends it.
   *
   * @param executor the call's
   */
  public void applyTo(MetadataApplier applier, Executor executor) {
    C fresh;
    try {
      fresh = fresh();
    } catch (RuntimeException | Error e) {
      // A clock that throws. gRPC's contract wants an answer, not an exception.
      applier.fail(CallStatus.of(source.defect(e)));
      return;
    }
    if (fresh != null) {
      applier.apply(fresh.metadata());
      return;
    }
    var unused =
        get(executor)
            .whenComplete(
                (credential, failure) -> {
                  if (failure != null) {
                    applier.fail(CallStatus.of(failure));
                  } else {
                    applier.apply(credential.metadata());
                  }
                });
  }

  /**
   * The credential, now or when the renewal ends. Never blocks; what blocks is offered to the
   * executor.
   *
   * @return fails with an exception that is a {@link RenewalFailure}, and with nothing else
   */
  public CompletableFuture<C> get(Executor executor) {
    Held<C> usable = held;
    Age age = usable == null ? Age.EXPIRED : usable.age(clock.millis());
    if (usable != null && age == Age.FRESH) {
      return CompletableFuture.completedFuture(usable.credential());
    }
    if (usable != null && age == Age.STALE) {
      renewBehind(usable, executor);
      return CompletableFuture.completedFuture(usable.credential());
    }
    return renewed(usable, executor);
  }

  /** Whether it holds a credential that no call may use, and no renewal runs. */
  public boolean isLapsed() {
    synchronized (lock) {
      Held<C> current = held;
      return current != null && renewal == null && current.age(clock.millis()) == Age.EXPIRED;
    }
  }

  /** The credential in use, of whatever age; empty before the first one. */
  Optional<C> current() {
    Held<C> current = held;
    return current == null ? Optional.empty() : Optional.of(current.credential());
  }

  /**
   * Notes that a server refused a call which carried that credential. The next call renews it, once
   * for each credential and at most once a minute: a server that refuses everything must not make
   * each call a renewal. Calls use the credential meanwhile, since other servers may take it. Has
   * no effect if another credential has taken its place.
   */
  public void refused(C credential) {
    synchronized (lock) {
      Held<C> current = held;
      if (current == null || current.credential() != credential || current.isRefused()) {
        return;
      }
      long now = ticker.getAsLong();
      if (lastRefusal == null || now - lastRefusal >= BETWEEN_REFUSALS.toNanos()) {
        lastRefusal = now;
        held = current.afterRefusal();
      }
    }
  }

  private void renewBehind(Held<C> seen, Executor executor) {
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

  private CompletableFuture<C> renewed(@Nullable Held<C> seen, Executor executor) {
    Renewal awaited;
    synchronized (lock) {
      Held<C> current = held;
      if (current != null && current != seen) {
        return CompletableFuture.completedFuture(current.credential());
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
        : CompletableFuture.failedFuture(source.executorRefused());
  }

  /** One attempt at a new credential, run at most once by whichever executor gets to it. */
  private final class Renewal implements Runnable {

    final CompletableFuture<C> outcome = new CompletableFuture<>();
    private final AtomicBoolean started = new AtomicBoolean();
    private final Supervisor supervisor = counter.supervisor();

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
        var unused =
            source
                .make()
                .whenComplete(
                    (made, thrown) -> {
                      if (thrown != null) {
                        fail(thrown);
                      } else {
                        succeed(made);
                      }
                    });
      } catch (Throwable e) {
        // An Error too, as CompletableFuture does: calls are waiting, and must hear of it.
        fail(e);
      }
    }

    private void succeed(C made) {
      Held<C> next;
      try {
        next = Held.of(made);
      } catch (RuntimeException | Error e) {
        // A source that gave nothing.
        fail(e);
        return;
      }
      counter.succeeded();
      synchronized (lock) {
        held = next;
        renewal = null;
        lastFailure = null;
        backoff.succeeded();
      }
      outcome.complete(made);
    }

    /** Whatever throws here, the renewal is over and those who wait are told: this comes first. */
    private void fail(Throwable thrown) {
      Throwable cause = thrown;
      while (cause instanceof CompletionException && cause.getCause() != null) {
        cause = cause.getCause();
      }
      RuntimeException failure =
          cause instanceof RuntimeException known && cause instanceof RenewalFailure
              ? known
              : source.defect(cause);
      counter.failed(RenewalFailure.kindOf(failure));
      synchronized (lock) {
        renewal = null;
        lastFailure = failure;
        supervisor.run(RenewalCounter.TASK, () -> backoff.failed(RenewalFailure.pauseOf(failure)));
      }
      outcome.completeExceptionally(failure);
      supervisor.run(RenewalCounter.TASK, () -> logIfBehind(failure));
    }

    private void logIfBehind(RuntimeException failure) {
      Held<C> current = held;
      if (current != null && current.age(clock.millis()) != Age.EXPIRED) {
        // No call sees this one. When the credential has expired, calls do, and need no log.
        counter
            .logger()
            .log(
                System.Logger.Level.WARNING,
                "the {0} could not be renewed and is used until it expires: {1}",
                source.name(),
                failure.getMessage());
      }
    }
  }
}
