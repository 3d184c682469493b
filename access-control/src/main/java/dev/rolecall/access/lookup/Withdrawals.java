package dev.rolecall.access.lookup;

import dev.rolecall.access.scheme.CallerVerifier;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.identity.internal.Listeners;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The withdrawals of credentials before their end, as the schemes tell of them. Safe for use by
 * many threads; never blocks.
 */
public final class Withdrawals {

  private final List<CallerVerifier> verifiers;
  private final Listeners<Runnable> listeners = new Listeners<>();
  private final AtomicInteger rounds = new AtomicInteger();

  /** Hears of the withdrawals of those verifiers from now on. */
  Withdrawals(List<CallerVerifier> verifiers) {
    this.verifiers = List.copyOf(verifiers);
    this.verifiers.forEach(verifier -> verifier.onWithdrawal(this::heard));
  }

  private void heard() {
    // First, so that a listener's walk and the calls that come meanwhile ask anew.
    rounds.incrementAndGet();
    listeners.forEach(Runnable::run);
  }

  /**
   * A number that changes each time something may have been withdrawn, and is never negative: an
   * answer of {@link #of} holds while it stays. One read of a field.
   */
  public int round() {
    return rounds.get() & Integer.MAX_VALUE;
  }

  /** Why the caller is accepted no more; empty while its credential stands. Allocates nothing. */
  public Optional<RefusalReason> of(Caller caller) {
    for (int i = 0; i < verifiers.size(); i++) {
      Optional<RefusalReason> reason = verifiers.get(i).withdrawn(caller);
      if (reason.isPresent()) {
        return reason;
      }
    }
    return Optional.empty();
  }

  /**
   * Runs the listener each time something may have been withdrawn, on the thread that withdrew it.
   * It must not block.
   *
   * @param end runs when the registration is closed
   */
  public CallerLookup.Registration onChange(Runnable listener, Runnable end) {
    Runnable removal = listeners.add(listener);
    return () -> {
      removal.run();
      end.run();
    };
  }
}
