package dev.rolecall.apikeys;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.ApiClient;
import dev.rolecall.identity.internal.InvalidValue;
import java.time.Duration;
import java.time.Instant;

/**
 * An API key as its file holds it: everything but the secret.
 *
 * @param id its public id
 * @param client the client that it is for
 * @param created when it was made
 * @param notAfter the last instant at which it is good: after {@code created}, and at most 366 days
 * @param disabled whether it is refused, whatever the time
 * @param hash the hash of its secret
 */
public record StoredKey(
    ApiKeyId id,
    ApiClient client,
    Instant created,
    Instant notAfter,
    boolean disabled,
    SecretHash hash) {

  /** The longest life of a key. */
  public static final Duration LONGEST_LIFE = Duration.ofDays(366);

  /**
   * Checks that nothing is absent, and the life.
   *
   * @throws IllegalArgumentException if the key lives longer than 366 days, or not at all
   */
  public StoredKey {
    requireNonNull(id, "id");
    requireNonNull(client, "client");
    requireNonNull(created, "created");
    requireNonNull(notAfter, "notAfter");
    requireNonNull(hash, "hash");
    if (!notAfter.isAfter(created)
        || Duration.between(created, notAfter).compareTo(LONGEST_LIFE) > 0) {
      throw InvalidValue.of(
          "not_after",
          notAfter.toString(),
          "after " + created + ", by at most " + LONGEST_LIFE.toDays() + " days");
    }
  }

  /** The state at that time. A key that was disabled and has expired is disabled. */
  public KeyState stateAt(Instant now) {
    if (disabled) {
      return KeyState.DISABLED;
    }
    return now.isAfter(notAfter) ? KeyState.EXPIRED : KeyState.LIVE;
  }

  /** The same key, disabled. */
  StoredKey asDisabled() {
    return new StoredKey(id, client, created, notAfter, true, hash);
  }
}
