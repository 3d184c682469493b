package dev.rolecall.proxy.internal;

import dev.rolecall.identity.internal.Alphabet;

/**
 * The paths that every server reads alike. A server may leave parts of another path out, or decode
 * it, before it takes it for a method's: were such a path judged as it stands, a rule that denies
 * one method of a service would not match it.
 */
public final class PlainPath {

  private static final Alphabet OF_OTHER_PATHS = Alphabet.of("?#%;\\");

  private PlainPath() {}

  /** Whether the text is one, be it a method's or not. */
  public static boolean is(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (OF_OTHER_PATHS.has(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }
}
