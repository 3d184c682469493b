package dev.rolecall.cli.front;

import dev.rolecall.cli.arguments.ListenAddress;
import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.cli.options.ListenPort;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that set the address a server listens at. */
public final class ListenOptions {

  @Option(
      names = "--port",
      defaultValue = "50051",
      paramLabel = "PORT",
      description = "The port; 0 for any free one. Default: ${DEFAULT-VALUE}.")
  int port;

  @Option(
      names = "--listen",
      defaultValue = "127.0.0.1",
      paramLabel = "ADDRESS",
      description =
          "The address to listen on, such as 0.0.0.0 in a container, with or without :PORT. A certificate made for one run"
              + " is for this machine's own clients: give another, or --attested. Default:"
              + " ${DEFAULT-VALUE}.")
  ListenAddress listenOn;

  @Spec(Spec.Target.MIXEE)
  CommandSpec command;

  /** The address without its port. */
  public InetAddress host() {
    return listenOn.address();
  }

  /**
   * The address with its port.
   *
   * @throws CommandFailure if two ports are given, or one that is none
   */
  public InetSocketAddress address() {
    return ListenPort.of(command, listenOn, port);
  }
}
