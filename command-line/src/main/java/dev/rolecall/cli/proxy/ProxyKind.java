package dev.rolecall.cli.proxy;

import dev.rolecall.cli.config.ConfigSection;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A kind of proxy: how its configuration is read, and what serves by it.
 *
 * @param <S> its settings
 * @param <V> the parts that it opens by them
 * @param verb its work, as the line says that is printed first: {@code relaying}
 * @param followed the sections of a configuration file that are followed, in words
 * @param settings the settings of a configuration file; a {@link
 *     dev.rolecall.cli.failure.CommandFailure} with a line for each thing that is wrong
 * @param server a server that does not listen yet
 */
public record ProxyKind<S extends ProxySettings, V>(
    String verb,
    String followed,
    Function<ConfigSection, S> settings,
    BiFunction<S, Surroundings, ProxyServer<S, V>> server) {}
