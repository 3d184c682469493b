package dev.rolecall.cli.console;

import dev.rolecall.cli.console.call.ConsoleServers;
import dev.rolecall.cli.console.web.ConsoleHttp;
import dev.rolecall.cli.console.web.IdleWatch;
import dev.rolecall.cli.console.web.Keys;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.function.LongSupplier;

/** A console that serves its page, as one person. */
final class RunningConsole implements AutoCloseable {

  private final Keys keys;
  private final IdleWatch idle;
  private final ConsoleHttp http;

  private RunningConsole(Keys keys, IdleWatch idle, ConsoleHttp http) {
    this.keys = keys;
    this.idle = idle;
    this.http = http;
  }

  /**
   * The bounds of a console.
   *
   * @param port 0 for any free one
   * @param longestIdle how long it goes on without a person
   * @param linkLife how long a link is good for
   */
  record Bounds(int port, Duration longestIdle, Duration linkLife) {}

  /**
   * Serves from now on.
   *
   * @param ticker elapsed nanoseconds
   */
  static RunningConsole open(
      Bounds bounds, ConsoleServers servers, About about, LongSupplier ticker) {
    Keys keys = new Keys(new SecureRandom(), bounds.linkLife(), ticker);
    IdleWatch idle = new IdleWatch(bounds.longestIdle(), ticker);
    return new RunningConsole(
        keys,
        idle,
        ConsoleHttp.open(
            bounds.port(), keys, idle, new Endpoints(servers, about, bounds.longestIdle()).all()));
  }

  /** A link that opens one tab, within a minute. */
  String newLink() {
    return http.link(keys.newCode());
  }

  /** The time that is left without a person. */
  Duration idleLeft() {
    return idle.left();
  }

  @Override
  public void close() {
    http.close();
  }
}
