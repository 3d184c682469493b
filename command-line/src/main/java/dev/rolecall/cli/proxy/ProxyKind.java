package dev.rolecall.cli.proxy;

import dev.rolecall.cli.config.ConfigSection;

/**
 * A kind of proxy: how its configuration is read, and what serves by it.
 *
 * @param <S> its settings
 * @param <V> the parts that it opens by them
 */
public interface ProxyKind<S extends ProxySettings, V> {

  /** Its work, as the line says that is printed first: {@code relaying}. */
  String verb();

  /** The sections of a configuration file that are followed, in words. */
  String followed();

  /**
   * The settings of a configuration file.
   *
   * @throws dev.rolecall.cli.failure.CommandFailure if something is wrong with it: a line for each
   */
  S settings(ConfigSection root);

  /** A server that does not listen yet. */
  ProxyServer<S, V> server(S settings, Surroundings around);
}
