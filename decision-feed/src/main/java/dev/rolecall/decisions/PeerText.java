package dev.rolecall.decisions;

/** A text that a peer may have chosen, such as the name of a method that no server has. */
final class PeerText {

  private static final int LONGEST = 256;

  private PeerText() {}

  /** The text, cut at 256 characters: it is kept for long, and sent often. */
  static String bounded(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
  }
}
