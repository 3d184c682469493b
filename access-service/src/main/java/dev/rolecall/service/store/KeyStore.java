package dev.rolecall.service.store;

import dev.rolecall.service.request.Subject;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The signing keys of a store. Each change is a transition with a revision and an event, as {@link
 * AccessStore} has them. The actor of a change is the one who asked for it; empty for a change that
 * was due. Blocks nowhere. Safe for use by many threads.
 */
public interface KeyStore {

  /** All keys that are not withdrawn, oldest first. */
  CompletionStage<Outcome<List<StoredKey>>> list();

  /**
   * Adds a key in the state that it names: {@link SigningKeyState#NEXT} or {@link
   * SigningKeyState#CURRENT}.
   *
   * <p>Refused: {@link Refusal.Reason#KEY_EXISTS} for an id that is taken, and while another key
   * has that state: another node was first.
   */
  CompletionStage<Outcome<StoredKey>> add(StoredKey key, Optional<Subject> actor);

  /**
   * Makes the next key the current one, and retires that one.
   *
   * <p>Refused: {@link Refusal.Reason#KEY_NOT_IN_STATE} unless the key is the next one.
   */
  CompletionStage<Outcome<StoredKey>> activate(String kid, Optional<Subject> actor);

  /**
   * Withdraws a key, and erases its private part.
   *
   * <p>Refused: {@link Refusal.Reason#KEY_NOT_IN_STATE} for the current key, and for one that is
   * withdrawn.
   */
  CompletionStage<Outcome<StoredKey>> withdraw(String kid, Optional<Subject> actor);
}
