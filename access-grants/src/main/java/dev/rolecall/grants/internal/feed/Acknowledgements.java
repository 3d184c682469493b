package dev.rolecall.grants.internal.feed;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;

/**
 * The revisions that are in force here, and wait until the live calls have been looked over. Not
 * safe for use by several threads at once.
 */
final class Acknowledgements {

  private static final int MOST = 100;

  /** A revision, which is enforced once so many changes are. */
  private record Waiting(long changes, long revision) {}

  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private long enforcedChanges;
  private long told = -1;
  private long due = -1;
  private long ended;

  /** The revision is in force, and enforced once that many changes are. */
  void await(long changes, long revision) {
    if (waiting.size() == MOST) {
      waiting.removeLast();
    }
    waiting.addLast(new Waiting(changes, revision));
    settle();
  }

  /** Live calls were looked over at that count of changes, and so many of them ended. */
  void enforced(long changes, int endedCalls) {
    enforcedChanges = Math.max(enforcedChanges, changes);
    ended += endedCalls;
    settle();
  }

  private void settle() {
    while (!waiting.isEmpty() && waiting.getFirst().changes() <= enforcedChanges) {
      due = waiting.removeFirst().revision();
    }
  }

  /** The newest revision to tell of; empty if there is nothing to tell. */
  OptionalLong due() {
    return due >= 0 && (due != told || ended > 0) ? OptionalLong.of(due) : OptionalLong.empty();
  }

  /** Another stream has not been told anything. */
  void tellAgain() {
    told = -1;
  }

  /** The calls that were ended since this was last told. */
  long ended() {
    return ended;
  }

  /** The revision was told, with the calls that were ended. */
  void told(long revision) {
    told = revision;
    ended = 0;
  }
}
