package dev.rolecall.policy.internal;

/** A value in the form that messages print. */
public final class Printable {

  private Printable() {}

  /** The value between quotes, as {@link #plain} prints it. */
  public static String quoted(String value) {
    return "\"" + plain(value) + "\"";
  }

  /**
   * The value cut at 200 characters, with control characters and everything beyond ASCII escaped so
   * that it cannot forge a line of a log or a terminal.
   */
  public static String plain(String value) {
    return dev.rolecall.identity.internal.InvalidValue.printable(value);
  }
}
