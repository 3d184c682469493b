package dev.rolecall.service.token;

import dev.rolecall.access.internal.metrics.SupervisedTask;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.identity.internal.PeriodicChecks;
import dev.rolecall.jwt.key.SigningKey;
import dev.rolecall.service.request.Subject;
import dev.rolecall.service.store.AccessStore;
import dev.rolecall.service.store.Outcome;
import dev.rolecall.service.store.StoreNotOpenedException;
import dev.rolecall.service.store.StoredKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The keys that grant tokens are signed with, kept in the store, the private parts sealed.
 *
 * <p>A key is published for ten minutes before it signs, signs until the next one takes over, and
 * is published for seven minutes more: the life of a token, a minute for clocks, and a minute for
 * nodes that have not noticed. Then it is withdrawn, and its private part erased. The first key of
 * a store signs at once. The store's clock decides all of it, and of several nodes each may take
 * the next step. Keys are read every two seconds; a node that could not for a minute signs nothing.
 *
 * <p>Safe for use by many threads. Only {@link #open} blocks.
 */
public final class TokenSigningKeys implements AutoCloseable {

  private static final Duration PERIOD = Duration.ofSeconds(2);

  private final KeyKeeper keeper;
  private final LongSupplier ticker;
  private final Executor waiters;
  private final Runnable stop;

  private TokenSigningKeys(KeyKeeper keeper, LongSupplier ticker, Executor waiters, Runnable stop) {
    this.keeper = keeper;
    this.ticker = ticker;
    this.waiters = waiters;
    this.stop = stop;
  }

  /**
   * Opens the keys, and makes the first one of an empty store. Blocks on the store and the seal.
   *
   * @param runtime outlives the keys
   * @throws KeySealingException if the seal's secret is lost, or is another than the keys were
   *     sealed by: nothing is changed then. {@link
   *     GrantTokenSettings#replacingAllKeysAndRefusingTheirTokens} is the way on
   * @throws StoreNotOpenedException if the store does not answer; it may later
   */
  public static TokenSigningKeys open(
      AccessStore store, GrantTokenSettings settings, AccessRuntime runtime) {
    KeyKeeper keeper =
        new KeyKeeper(
            new KeyShelf(store.keys(), store::position),
            new KeyMaker(settings.keys().algorithm(), settings.sealing(), settings.random()),
            new KeyRotation(settings.keys().rotateAfter()),
            runtime.ticker());
    try {
      keeper.start(settings.replacesKeys());
    } catch (StepFailedException e) {
      throw new StoreNotOpenedException("signing keys: not read: " + e.getMessage(), true);
    }
    runtime.supervising(SupervisedTask.KEY_RING);
    return new TokenSigningKeys(
        keeper,
        runtime.ticker(),
        runtime.newWaiters("rolecall-token-keys-"),
        PeriodicChecks.named("rolecall-token-keys")
            .period(PERIOD)
            .start(runtime.supervisor(), SupervisedTask.KEY_RING.label(), keeper::look));
  }

  /** The key that signs; empty while this node does not know it for certain. */
  Optional<SigningKey> current() {
    return keeper.known().currentAt(ticker.getAsLong());
  }

  /**
   * The keys to publish: next, current and retired ones, oldest first. Empty while they have not
   * been read for a minute, which is an outage.
   */
  public Optional<List<StoredKey>> published() {
    KnownKeys known = keeper.known();
    return known.isFreshAt(ticker.getAsLong()) ? Optional.of(known.stored()) : Optional.empty();
  }

  /**
   * Begins a rotation now. The next key signs in ten minutes.
   *
   * @return the keys from then on; refused while a rotation is under way
   */
  public CompletionStage<Outcome<List<StoredKey>>> rotate(Subject actor) {
    return later(() -> keeper.rotate(Optional.of(actor)));
  }

  /**
   * Withdraws all keys, and signs by a new one at once, such as after a theft. Tokens that are
   * under way open nothing from then on, and their holders need new ones. For up to two seconds
   * another node may issue tokens that open nothing.
   *
   * @return the keys from then on; refused if another node does the same. After an outage, repeat
   */
  public CompletionStage<Outcome<List<StoredKey>>> replaceAllAndRefuseTheirTokens(Subject actor) {
    return later(() -> keeper.replaceAll(Optional.of(actor)));
  }

  private <T> CompletionStage<T> later(Supplier<T> change) {
    return CompletableFuture.supplyAsync(change, waiters).minimalCompletionStage();
  }

  /** Ends the reading of the keys. */
  @Override
  public void close() {
    stop.run();
  }
}
