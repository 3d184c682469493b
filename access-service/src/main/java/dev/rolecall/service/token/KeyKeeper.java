package dev.rolecall.service.token;

import static java.util.Objects.requireNonNull;

import dev.rolecall.jwt.key.SigningKey;
import dev.rolecall.service.request.Subject;
import dev.rolecall.service.store.Outage;
import dev.rolecall.service.store.Outcome;
import dev.rolecall.service.store.SigningKeyState;
import dev.rolecall.service.store.StoredKey;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The keeper of one node's signing keys: reads them, does what is due, and holds the one that
 * signs. Several nodes keep the keys of one store. The store makes each change on its condition, so
 * of two nodes that want the same change one makes it, and the other finds it made.
 *
 * <p>Every method but {@link #known} blocks on the store. Safe for use by many threads.
 */
final class KeyKeeper {

  private static final System.Logger LOG = System.getLogger("rolecall.access.service");

  /** The actor of a change that was due: none. */
  private static final Optional<Subject> WHEN_DUE = Optional.empty();

  /** The most steps of one round: more than any state of the keys needs. */
  private static final int MOST_STEPS = 12;

  private final KeyShelf shelf;
  private final KeyMaker maker;
  private final KeyRotation rotation;
  private final LongSupplier ticker;
  private volatile KnownKeys known;
  private String problem = "";

  KeyKeeper(KeyShelf shelf, KeyMaker maker, KeyRotation rotation, LongSupplier ticker) {
    this.shelf = requireNonNull(shelf, "shelf");
    this.maker = requireNonNull(maker, "maker");
    this.rotation = requireNonNull(rotation, "rotation");
    this.ticker = requireNonNull(ticker, "ticker");
    this.known = new KnownKeys(List.of(), Optional.empty(), ticker.getAsLong());
  }

  /** The keys as they were read last. Never blocks. */
  KnownKeys known() {
    return known;
  }

  /**
   * The first round.
   *
   * @param replace whether to replace the keys that there are, which need not be opened then
   * @throws KeySealingException if the key that signs cannot be had
   * @throws StepFailedException if the store does not answer
   */
  synchronized void start(boolean replace) {
    maker.open(!replace && !shelf.list().isEmpty());
    if (replace) {
      replace(WHEN_DUE);
    }
    round();
  }

  /** A later round. What goes wrong is logged once, and the next round tries again. */
  synchronized void look() {
    try {
      round();
      tell(Level.INFO, "", "signing keys: read again");
    } catch (StepFailedException e) {
      // The store is away: its own log says more. The keys stay good for a while.
      tell(Level.WARNING, "away", "signing keys: not read: " + e.getMessage());
    } catch (KeySealingException e) {
      tell(Level.ERROR, String.valueOf(e.getMessage()), "no tokens: " + e.getMessage());
    }
  }

  private void tell(Level level, String what, String message) {
    if (!what.equals(problem)) {
      problem = what;
      LOG.log(level, message);
    }
  }

  /** Reads, and does what is due, until nothing is. */
  private void round() {
    for (int steps = 0; steps < MOST_STEPS; steps++) {
      // The time comes first, so that no key is taken for older than it is.
      Instant now = shelf.now();
      List<StoredKey> keys = shelf.list();
      know(keys);
      Optional<Runnable> due = due(rotation.next(keys, now), keys);
      if (due.isEmpty()) {
        return;
      }
      unlessOvertaken(due.get());
    }
  }

  private Optional<Runnable> due(RotationStep step, List<StoredKey> keys) {
    return step.fold(
        Optional::empty,
        state -> Optional.of(() -> shelf.add(maker.make(state), WHEN_DUE)),
        kid -> Optional.of(() -> activate(kid, keys)),
        kid -> Optional.of(() -> shelf.withdraw(kid, WHEN_DUE)));
  }

  private void know(List<StoredKey> keys) {
    long now = ticker.getAsLong();
    Optional<StoredKey> current = KeyRotation.in(SigningKeyState.CURRENT, keys);
    Optional<SigningKey> held = current.flatMap(key -> known.opened(key.kid()));
    known = new KnownKeys(keys, held, now);
    if (held.isEmpty() && current.isPresent()) {
      known = new KnownKeys(keys, Optional.of(maker.opened(current.get())), now);
    }
  }

  /** A key that this node cannot open must not become the one that signs. */
  private void activate(String kid, List<StoredKey> keys) {
    keys.stream().filter(key -> key.kid().equals(kid)).forEach(maker::opened);
    shelf.activate(kid, WHEN_DUE);
  }

  /** Refused: another node was first. The next reading shows what it did. */
  private static void unlessOvertaken(Runnable step) {
    try {
      step.run();
    } catch (StepFailedException e) {
      if (!e.isRefused()) {
        throw e;
      }
    }
  }

  /**
   * Begins a rotation now: makes the next key, which signs once it has been published long enough.
   *
   * @return the keys from now on; refused if a rotation is under way
   */
  synchronized Outcome<List<StoredKey>> rotate(Optional<Subject> actor) {
    return answered(() -> shelf.add(maker.make(SigningKeyState.NEXT), actor));
  }

  /**
   * Withdraws every key there is, and signs by a new one at once. If the store goes away half-way,
   * a repetition completes it.
   *
   * @return the keys from now on; refused if another node does the same
   */
  synchronized Outcome<List<StoredKey>> replaceAll(Optional<Subject> actor) {
    return answered(() -> replace(actor));
  }

  private void replace(Optional<Subject> actor) {
    KeyRotation.in(SigningKeyState.NEXT, shelf.list())
        .ifPresent(key -> shelf.withdraw(key.kid(), actor));
    shelf.activate(shelf.add(maker.make(SigningKeyState.NEXT), actor).kid(), actor);
    shelf.list().stream()
        .filter(key -> key.state() == SigningKeyState.RETIRED)
        .forEach(key -> unlessOvertaken(() -> shelf.withdraw(key.kid(), actor)));
  }

  private Outcome<List<StoredKey>> answered(Runnable change) {
    try {
      change.run();
      round();
      return new Outcome.Done<>(known.stored());
    } catch (StepFailedException e) {
      return e.toOutcome();
    } catch (KeySealingException e) {
      return new Outcome.Unavailable<>(
          new Outage(Outage.Kind.UNREACHABLE, "the new key could not be sealed"));
    }
  }
}
