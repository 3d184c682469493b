package dev.rolecall.jwt;

import dev.rolecall.jwt.key.KeySet;

/** The good arms of readings, for tests that are about something else. */
final class Readings {

  private Readings() {}

  static CompactToken token(String text) {
    return CompactToken.read(text, TokenLimits.standard())
        .fold(
            token -> token,
            malformed -> {
              throw new AssertionError(malformed.rule());
            });
  }

  static KeySet keys(byte[] json) {
    return KeySet.parse(json)
        .fold(
            keys -> keys,
            flaw -> {
              throw new AssertionError(flaw.words());
            });
  }
}
