package dev.rolecall.cli.options;

import dev.rolecall.cli.arguments.ListenAddress;
import dev.rolecall.cli.failure.CommandFailure;
import java.net.InetSocketAddress;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** The port that a server listens at: that of {@code --port}, or the one behind the address. */
public final class ListenPort {

  private static final int MAX_PORT = 65_535;

  private ListenPort() {}

  /**
   * The address with its port.
   *
   * @param command the command, which has {@code --port}
   * @param listenOn the value of {@code --listen}
   * @param port the value of {@code --port}
   * @throws CommandFailure if two ports are given, or one that is none
   */
  public static InetSocketAddress of(CommandSpec command, ListenAddress listenOn, int port) {
    boolean isGiven = command.commandLine().getParseResult().hasMatchedOption("--port");
    return of(listenOn, isGiven ? Optional.of(port) : Optional.empty(), port);
  }

  /**
   * The same where the options know whether the port was given.
   *
   * @param given the value of {@code --port}; empty if it was not given
   * @param usual the port if none was given
   * @throws CommandFailure if two ports are given, or one that is none
   */
  public static InetSocketAddress of(ListenAddress listenOn, Optional<Integer> given, int usual) {
    if (given.isPresent() && listenOn.port().isPresent()) {
      throw new CommandFailure("--port and --listen with a port (expected: one of them)");
    }
    int chosen = listenOn.port().or(() -> given).orElse(usual);
    if (chosen < 0 || chosen > MAX_PORT) {
      throw new CommandFailure("--port: " + chosen + " (expected: 0 to " + MAX_PORT + ")");
    }
    return new InetSocketAddress(listenOn.address(), chosen);
  }
}
