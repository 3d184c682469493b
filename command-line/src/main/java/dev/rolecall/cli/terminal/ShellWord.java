package dev.rolecall.cli.terminal;

import java.util.regex.Pattern;

/** A word as a POSIX shell reads it back: what is printed to be pasted may come from a server. */
public final class ShellWord {

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:@%+=,-]+");

  private ShellWord() {}

  public static String of(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
