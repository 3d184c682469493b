package dev.rolecall.service.token;

import dev.rolecall.service.request.Subject;
import dev.rolecall.service.store.KeyStore;
import dev.rolecall.service.store.Outage;
import dev.rolecall.service.store.Outcome;
import dev.rolecall.service.store.Position;
import dev.rolecall.service.store.Refusal;
import dev.rolecall.service.store.SigningKeyState;
import dev.rolecall.service.store.StoredKey;
import dev.rolecall.testsupport.ManualTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Signing keys in memory, with the conditions of {@link KeyStore}. */
final class MemoryKeys implements KeyStore {

  private final ManualTime clock;
  private final List<StoredKey> keys = new ArrayList<>();
  private boolean away;

  /** What another node does just before the next change. */
  private final Queue<Runnable> before = new ArrayDeque<>();

  MemoryKeys(ManualTime clock) {
    this.clock = clock;
  }

  /** Answers no more, or again. */
  void away(boolean isAway) {
    away = isAway;
  }

  void beforeNextChange(Runnable other) {
    before.add(other);
  }

  CompletionStage<Outcome<Position>> position() {
    return answer(new Outcome.Done<>(new Position("epoch", 1, clock.instant())));
  }

  List<StoredKey> trusted() {
    return keys.stream().filter(key -> key.state() != SigningKeyState.WITHDRAWN).toList();
  }

  List<StoredKey> all() {
    return List.copyOf(keys);
  }

  /** Replaces a row, as one who can write to the database does. */
  void overwrite(StoredKey key) {
    keys.replaceAll(each -> each.kid().equals(key.kid()) ? key : each);
  }

  @Override
  public CompletionStage<Outcome<List<StoredKey>>> list() {
    return answer(new Outcome.Done<>(trusted()));
  }

  @Override
  public CompletionStage<Outcome<StoredKey>> add(StoredKey key, Optional<Subject> actor) {
    otherNode();
    return find(key.state()).isPresent()
        ? refused(Refusal.Reason.KEY_EXISTS)
        : put(key, key.state());
  }

  @Override
  public CompletionStage<Outcome<StoredKey>> activate(String kid, Optional<Subject> actor) {
    otherNode();
    Optional<StoredKey> next = find(SigningKeyState.NEXT).filter(key -> key.kid().equals(kid));
    if (next.isEmpty()) {
      return refused(Refusal.Reason.KEY_NOT_IN_STATE);
    }
    find(SigningKeyState.CURRENT).ifPresent(key -> put(key, SigningKeyState.RETIRED));
    return put(next.get(), SigningKeyState.CURRENT);
  }

  @Override
  public CompletionStage<Outcome<StoredKey>> withdraw(String kid, Optional<Subject> actor) {
    otherNode();
    Optional<StoredKey> key =
        trusted().stream()
            .filter(each -> each.kid().equals(kid) && each.state() != SigningKeyState.CURRENT)
            .findFirst();
    return key.isEmpty()
        ? refused(Refusal.Reason.KEY_NOT_IN_STATE)
        : put(key.get(), SigningKeyState.WITHDRAWN);
  }

  private void otherNode() {
    Runnable other = before.poll();
    if (other != null && !away) {
      other.run();
    }
  }

  private Optional<StoredKey> find(SigningKeyState state) {
    return keys.stream().filter(key -> key.state() == state).findFirst();
  }

  private CompletionStage<Outcome<StoredKey>> put(StoredKey key, SigningKeyState state) {
    StoredKey changed =
        new StoredKey(
            key.kid(),
            key.algorithm(),
            key.publicJwk(),
            state == SigningKeyState.WITHDRAWN ? "" : key.sealedPrivate(),
            state,
            clock.instant());
    if (!away) {
      keys.removeIf(each -> each.kid().equals(key.kid()));
      keys.add(changed);
    }
    return answer(new Outcome.Done<>(changed));
  }

  private CompletionStage<Outcome<StoredKey>> refused(Refusal.Reason reason) {
    return answer(new Outcome.Refused<>(new Refusal(reason, "the key is in another state")));
  }

  private <T> CompletionStage<Outcome<T>> answer(Outcome<T> outcome) {
    return CompletableFuture.completedFuture(
        away
            ? new Outcome.Unavailable<>(new Outage(Outage.Kind.UNREACHABLE, "no database"))
            : outcome);
  }
}
