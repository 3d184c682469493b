package dev.rolecall.cli.terminal;

/** The three things a command can say to a script. */
public final class ExitStatus {

  public static final int YES = 0;
  public static final int NO = 1;
  public static final int COULD_NOT_TELL = 2;

  private ExitStatus() {}
}
