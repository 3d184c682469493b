package dev.rolecall.service.token;

import static java.util.Objects.requireNonNull;

import dev.rolecall.service.request.Subject;
import dev.rolecall.service.store.KeyStore;
import dev.rolecall.service.store.Outage;
import dev.rolecall.service.store.Outcome;
import dev.rolecall.service.store.Position;
import dev.rolecall.service.store.StoredKey;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * The store's signing keys for one who may wait. Each method blocks, and throws {@link
 * StepFailedException} if the store refuses or does not answer.
 */
final class KeyShelf {

  private static final System.Logger LOG = System.getLogger("rolecall.access.service");

  /** Longer than any work of the store takes. */
  private static final long LONGEST_SECONDS = 60;

  private final KeyStore keys;
  private final Supplier<CompletionStage<Outcome<Position>>> position;

  KeyShelf(KeyStore keys, Supplier<CompletionStage<Outcome<Position>>> position) {
    this.keys = requireNonNull(keys, "keys");
    this.position = requireNonNull(position, "position");
  }

  /** The store's clock. */
  Instant now() {
    return await(position.get()).time();
  }

  /** The keys that are not withdrawn. */
  List<StoredKey> list() {
    return await(keys.list());
  }

  StoredKey add(StoredKey key, Optional<Subject> actor) {
    return told(await(keys.add(key, actor)), "made");
  }

  StoredKey activate(String kid, Optional<Subject> actor) {
    return told(await(keys.activate(kid, actor)), "signs from now on");
  }

  StoredKey withdraw(String kid, Optional<Subject> actor) {
    return told(await(keys.withdraw(kid, actor)), "is trusted no longer");
  }

  private static StoredKey told(StoredKey key, String what) {
    LOG.log(Level.INFO, "signing key {0}: {1}", key.kid(), what);
    return key;
  }

  private static <T> T await(CompletionStage<Outcome<T>> answer) {
    try {
      return answer
          .toCompletableFuture()
          .get(LONGEST_SECONDS, TimeUnit.SECONDS)
          .fold(
              value -> value,
              refusal -> {
                throw StepFailedException.of(refusal);
              },
              outage -> {
                throw StepFailedException.of(outage);
              });
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw away("the wait for the store was interrupted");
    } catch (TimeoutException e) {
      throw away("the store has not answered for " + LONGEST_SECONDS + " s");
    } catch (ExecutionException e) {
      throw new IllegalStateException("a defect of the store", e.getCause());
    }
  }

  private static StepFailedException away(String sentence) {
    return StepFailedException.of(new Outage(Outage.Kind.UNREACHABLE, sentence));
  }
}
