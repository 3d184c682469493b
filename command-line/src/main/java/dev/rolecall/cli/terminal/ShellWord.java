package dev.rolecall.cli.terminal;

import java.util.regex.Pattern;

/** A word quoted for a POSIX shell. Text that is printed to be pasted may come from a server. */
public final class ShellWord {

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:@%+=,-]+");

  private ShellWord() {}

  public static String of(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
