package dev.rolecall.identity.internal;

import static java.util.Objects.requireNonNull;

/**
 * Tells when content that is checked again and again is new: it differs from what was last taken
 * up, and two checks in a row found the same. So content that is half written is not taken up.
 *
 * <p>Only a fingerprint identifies content: times and inodes mislead where a symbolic link is
 * swapped or a clock is set. Not safe for use by several threads at once.
 */
public final class ContentWatch {

  private String taken = "";
  private String pending = "";

  /** A watch that has taken up nothing. */
  public ContentWatch() {}

  /**
   * Whether the content is new. It stays new until it is taken up.
   *
   * @param found its fingerprint
   * @param atOnce whether it counts before two checks in a row find the same
   */
  public boolean isNew(String found, boolean atOnce) {
    boolean settled = atOnce || found.equals(pending);
    pending = requireNonNull(found, "found");
    return settled && !found.equals(taken);
  }

  /**
   * The content is taken up, be it good or not: it is not new again until there is other content.
   *
   * @param found its fingerprint; empty to take up any content that is found next
   */
  public void take(String found) {
    taken = requireNonNull(found, "found");
  }
}
