package dev.rolecall.jwt.ring;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.PeriodicChecks;
import dev.rolecall.identity.internal.Supervisor;
import dev.rolecall.jwt.key.Algorithm;
import dev.rolecall.jwt.key.KeyRing;
import dev.rolecall.jwt.key.KeySet;
import dev.rolecall.jwt.key.SigningKey;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;

/** The settings of the keys that an issuer signs with. */
@FunctionalInterface
public interface SigningKeys {

  /**
   * The keys, from now on. May block on a file, or take a second of CPU time.
   *
   * @param supervisor runs what follows or rotates them; outlives the keys
   * @param task the supervisor's word for it
   */
  @SuppressWarnings("exports") // for the modules of Rolecall, which see the type
  KeysInForce start(Clock clock, Supervisor supervisor, String task);

  /**
   * The keys of a file that {@link KeyRingFile} makes, so that several replicas have the same. The
   * file must be good at the start. Later it is checked every five seconds; a change is in force
   * once two checks in a row find the same. What is no key ring, or is gone, is logged, and the
   * last good keys stay in force.
   */
  static SigningKeys follow(Path file) {
    return follow(file, PeriodicChecks.named("rolecall-key-ring"));
  }

  /**
   * The same with that time between two checks: 100 ms to a day.
   *
   * @throws IllegalArgumentException if it is shorter or longer
   */
  static SigningKeys follow(Path file, Duration period) {
    return follow(file, PeriodicChecks.named("rolecall-key-ring").period(period));
  }

  private static SigningKeys follow(Path file, PeriodicChecks checks) {
    KeyRingFile ring = KeyRingFile.at(file);
    return (clock, supervisor, task) -> {
      FollowedKeys keys = new FollowedKeys(ring);
      return keys.followedBy(checks.start(supervisor, task, keys::look));
    };
  }

  /**
   * New keys in this process alone, rotated once a day. For one replica: a restart forgets them,
   * and its tokens are refused once verifiers have read the new ones.
   *
   * @param algorithm such as {@link Algorithm#RS256}
   */
  static SigningKeys inMemory(Algorithm algorithm, SecureRandom random) {
    requireNonNull(algorithm, "algorithm");
    requireNonNull(random, "random");
    return (clock, supervisor, task) -> {
      KeyRing ring = KeyRing.generate(algorithm, Duration.ofDays(1), clock, random);
      Runnable stop =
          PeriodicChecks.named("rolecall-key-ring")
              .period(Duration.ofMinutes(1))
              .start(supervisor, task, ring::rotateIfDue);
      return new KeysInForce() {
        @Override
        public SigningKey current() {
          return ring.current();
        }

        @Override
        public KeySet published() {
          return ring.published();
        }

        @Override
        public void close() {
          stop.run();
        }
      };
    };
  }
}
