package dev.rolecall.service.store.internal.sql;

import static java.util.Objects.requireNonNull;

import java.util.random.RandomGenerator;

/** Ids that no other node draws: 125 random bits, after a word for the kind. */
final class Ids {

  private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
  private static final int LENGTH = 25;

  private final RandomGenerator random;

  Ids(RandomGenerator random) {
    this.random = requireNonNull(random, "random");
  }

  String next(String kind) {
    StringBuilder id = new StringBuilder(kind).append('-');
    for (int i = 0; i < LENGTH; i++) {
      id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return id.toString();
  }
}
