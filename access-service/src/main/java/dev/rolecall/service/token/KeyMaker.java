package dev.rolecall.service.token;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.rolecall.jwt.key.Algorithm;
import dev.rolecall.jwt.key.SigningKey;
import dev.rolecall.service.store.SigningKeyState;
import dev.rolecall.service.store.StoredKey;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/** Makes signing keys and seals them, and opens those that were sealed. May block on the seal. */
final class KeyMaker {

  private final Algorithm algorithm;
  private final KeySealing sealing;
  private final SecureRandom random;

  KeyMaker(Algorithm algorithm, KeySealing sealing, SecureRandom random) {
    this.algorithm = requireNonNull(algorithm, "algorithm");
    this.sealing = requireNonNull(sealing, "sealing");
    this.random = requireNonNull(random, "random");
  }

  /** Makes the seal ready, as {@link KeySealing#open} does. */
  void open(boolean inUse) {
    sealing.open(inUse);
  }

  /**
   * A new key in that state. Its id is its thumbprint (RFC 7638), so its seal is for one public
   * key.
   */
  StoredKey make(SigningKeyState state) {
    SigningKey key = SigningKey.generate(algorithm, random);
    byte[] secret = key.secretPkcs8();
    try {
      return new StoredKey(
          key.kid(),
          algorithm.jose(),
          new String(key.verificationKey().toJwk().toJson(), UTF_8),
          sealing.seal(key.kid(), secret),
          state,
          Instant.EPOCH);
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  /**
   * The key that the store keeps.
   *
   * @throws KeySealingException if its seal does not open, or it is another key than its row says
   */
  SigningKey opened(StoredKey kept) {
    Algorithm named =
        Algorithm.named(kept.algorithm())
            .orElseThrow(() -> wrong(kept, "of an algorithm that this version does not know"));
    byte[] secret = sealing.unseal(kept.kid(), kept.sealedPrivate());
    try {
      SigningKey key = SigningKey.fromPkcs8(named, Optional.empty(), secret, random);
      if (!key.kid().equals(kept.kid())) {
        throw wrong(kept, "its private part is another key's");
      }
      return key;
    } catch (IllegalArgumentException e) {
      throw wrong(kept, "its private part is no key of " + named);
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  private static KeySealingException wrong(StoredKey kept, String what) {
    return new KeySealingException(
        "signing key " + kept.kid() + ": " + what + " (expected: the row as it was written)",
        false);
  }
}
