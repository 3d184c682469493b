package dev.rolecall.cli.terminal;

/** The three exit statuses of a command. */
public final class ExitStatus {

  public static final int YES = 0;
  public static final int NO = 1;
  public static final int COULD_NOT_TELL = 2;

  private ExitStatus() {}
}
