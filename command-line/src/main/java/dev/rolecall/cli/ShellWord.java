package dev.rolecall.cli;

import java.util.regex.Pattern;

/** A word as a POSIX shell reads it back: what is printed to be pasted may come from a server. */
final class ShellWord {

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:@%+=,-]+");

  private ShellWord() {}

  static String of(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
