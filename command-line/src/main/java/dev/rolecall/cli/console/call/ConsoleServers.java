package dev.rolecall.cli.console.call;

import dev.rolecall.cli.failure.CommandFailure;
import java.util.Optional;

/**
 * The servers that a console asks.
 *
 * @param access the access service; empty where the console was started without one
 * @param decisions a server that gives its decisions; empty likewise
 */
public record ConsoleServers(Optional<ServerEnd> access, Optional<ServerEnd> decisions)
    implements AutoCloseable {

  /**
   * Opens their ends, if there are credentials.
   *
   * @throws CommandFailure if the options contradict one another, or a server has no such name
   */
  public void tryNow() {
    access.ifPresent(ServerEnd::tryNow);
    decisions.ifPresent(ServerEnd::tryNow);
  }

  @Override
  public void close() {
    access.ifPresent(ServerEnd::close);
    decisions.ifPresent(ServerEnd::close);
  }
}
