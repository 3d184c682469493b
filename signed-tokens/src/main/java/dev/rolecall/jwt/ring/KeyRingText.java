package dev.rolecall.jwt.ring;

import dev.rolecall.jwt.json.JsonLimits;
import dev.rolecall.jwt.json.JsonReading;
import dev.rolecall.jwt.json.JsonValue;
import dev.rolecall.jwt.json.ObjectBuilder;
import dev.rolecall.jwt.key.Algorithm;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Set;

/** The text of a key ring's file: one JSON object, with each private key as PEM of PKCS#8. */
final class KeyRingText {

  static final int MOST_BYTES = 65_536;

  /** Those that an issuer signs with: any verifier reads them. */
  static final Set<Algorithm> ALGORITHMS = Set.of(Algorithm.RS256, Algorithm.ES256);

  private static final long VERSION = 1;
  private static final JsonLimits LIMITS = new JsonLimits(MOST_BYTES, 1, 6, 20);
  private static final Set<String> NAMES =
      Set.of("key_ring", "algorithm", "rotated", "previous", "current", "next");

  private KeyRingText() {}

  static byte[] of(StoredRing ring) {
    ObjectBuilder text =
        new ObjectBuilder()
            .put("key_ring", VERSION)
            .put("algorithm", ring.algorithm().jose())
            .put("rotated", ring.rotated().toString());
    ring.previous().ifPresent(key -> text.put("previous", key.pem()));
    return text.put("current", ring.current().pem())
        .put("next", ring.next().pem())
        .build()
        .toJson();
  }

  /**
   * Reads the text. Takes some milliseconds of CPU time for each key.
   *
   * @param file the file's name, for messages
   * @throws KeyRingFileException if it is no key ring; the message quotes nothing of it
   */
  static StoredRing read(String file, byte[] content, SecureRandom random) {
    JsonValue.Members members =
        JsonReading.of(content, LIMITS)
            .fold(
                read -> read,
                flaw -> {
                  throw wrong(file, flaw.words());
                });
    if (!members.whole("key_ring").equals(Optional.of(VERSION))
        || !NAMES.containsAll(members.values().keySet())) {
      throw wrong(file, "no key ring of version " + VERSION);
    }
    Algorithm algorithm =
        members
            .text("algorithm")
            .flatMap(Algorithm::named)
            .filter(ALGORITHMS::contains)
            .orElseThrow(() -> wrong(file, "algorithm: neither RS256 nor ES256"));
    try {
      StoredRing ring =
          new StoredRing(
              algorithm,
              Instant.parse(text(file, members, "rotated")),
              members.has("previous")
                  ? Optional.of(key(file, members, "previous", algorithm, random))
                  : Optional.empty(),
              key(file, members, "current", algorithm, random),
              key(file, members, "next", algorithm, random));
      if (ring.published().isEmpty()) {
        throw wrong(file, "no key");
      }
      return ring;
    } catch (DateTimeParseException e) {
      throw wrong(file, "rotated: no time");
    } catch (IllegalArgumentException e) {
      // Two of them are one key.
      throw wrong(file, "a key stands twice");
    }
  }

  private static RingKey key(
      String file,
      JsonValue.Members members,
      String name,
      Algorithm algorithm,
      SecureRandom random) {
    try {
      return RingKey.of(algorithm, text(file, members, name), random);
    } catch (IllegalArgumentException e) {
      // Its message quotes nothing of the key.
      throw wrong(file, name + ": " + e.getMessage());
    }
  }

  private static String text(String file, JsonValue.Members members, String name) {
    return members.text(name).orElseThrow(() -> wrong(file, name + ": missing, or no text"));
  }

  private static KeyRingFileException wrong(String file, String what) {
    return new KeyRingFileException(
        file + ": " + what + " (expected: a key ring, as 'rolecall exchange rotate' makes one)");
  }
}
