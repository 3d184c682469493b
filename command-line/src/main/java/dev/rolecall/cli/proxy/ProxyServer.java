package dev.rolecall.cli.proxy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The server of a proxy, and how it goes by other settings while it runs.
 *
 * @param <S> its settings
 * @param <V> the parts that it opens by them
 */
public interface ProxyServer<S extends ProxySettings, V> {

  /**
   * Parts that are open, with the settings that they were opened by.
   *
   * @param settings the settings
   * @param parts the parts
   */
  record Opened<S, V>(S settings, V parts) {}

  /**
   * Opens the parts, and has the server go by them, if it runs. What is the same as before is taken
   * over.
   *
   * @throws dev.rolecall.cli.failure.CommandFailure if something does not do; what was opened new
   *     is closed then
   */
  V open(S settings, Optional<Opened<S, V>> before);

  /**
   * Makes the server, and does not start it.
   *
   * @throws dev.rolecall.cli.failure.CommandFailure if it cannot be made
   */
  void check(Opened<S, V> opened);

  /**
   * Begins to listen.
   *
   * @throws dev.rolecall.cli.failure.CommandFailure if it cannot
   */
  void start(Opened<S, V> opened);

  /** Whether it can decide about calls, once it listens. */
  boolean isReady();

  /** The address that it listens on, in words. */
  String address();

  /** Lines for the person who starts it; empty lines count for none. */
  Stream<String> notes(Opened<S, V> opened);

  /** Warnings of what has changed in the settings and is not followed, beside the front. */
  Stream<String> notFollowed(S before, S after);

  /** How long calls use parts that others have replaced. */
  Duration lastUse();

  /** What closes the parts that are not among the others. */
  List<Runnable> closes(V parts, Optional<V> others);

  /** Takes no more calls, and waits for those that are open for the time of the option. */
  void drain();

  /** Ends what is open. It may not have been started. */
  void stop();
}
