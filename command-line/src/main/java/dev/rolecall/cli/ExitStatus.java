package dev.rolecall.cli;

/** The three things a command can say to a script. */
final class ExitStatus {

  static final int YES = 0;
  static final int NO = 1;
  static final int COULD_NOT_TELL = 2;

  private ExitStatus() {}
}
