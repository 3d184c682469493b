package dev.rolecall.cli.proxy;

import dev.rolecall.identity.Audience;

/**
 * The door of one audience, with all that it was opened with.
 *
 * @param door has the control within
 * @param closing closes the door, and then what it was opened with
 * @param note a line for the person who starts the proxy; empty for none
 */
public record GuardedAudience<T>(Audience audience, T door, Runnable closing, String note)
    implements AutoCloseable {

  @Override
  public void close() {
    closing.run();
  }
}
