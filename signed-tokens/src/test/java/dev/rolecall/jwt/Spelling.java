package dev.rolecall.jwt;

/** Base64url that spells the same bytes otherwise. */
final class Spelling {

  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  private Spelling() {}

  /** The last character of a text with spare bits, with the lowest of them set. */
  static String withStrayBit(String last) {
    int value = ALPHABET.indexOf(last);
    return ALPHABET.substring(value + 1, value + 2);
  }
}
