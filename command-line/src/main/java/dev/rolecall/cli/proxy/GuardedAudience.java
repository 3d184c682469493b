package dev.rolecall.cli.proxy;

import dev.rolecall.identity.Audience;
import java.util.List;

/**
 * The door of one audience, with all that it was opened with.
 *
 * @param door has the control within
 * @param closing closes the door, and then what it was opened with
 * @param notes lines for the person who starts the proxy
 */
public record GuardedAudience<T>(Audience audience, T door, Runnable closing, List<String> notes)
    implements AutoCloseable {

  /** Copies. */
  public GuardedAudience {
    notes = List.copyOf(notes);
  }

  @Override
  public void close() {
    closing.run();
  }
}
