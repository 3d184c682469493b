package dev.rolecall.cli.console;

import dev.rolecall.cli.connect.ClientEnd;
import dev.rolecall.cli.console.call.ConsoleServers;
import dev.rolecall.cli.console.call.ServerEnd;
import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.cli.options.BearerOptions;
import dev.rolecall.cli.options.CallerOptions;
import dev.rolecall.cli.options.TimeoutOption;
import dev.rolecall.identity.Audience;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say which servers a console asks, and as which caller. */
final class ConsoleOptions {

  private static final String SERVER = "--server";
  private static final String DECISIONS = "--decisions";
  private static final String DECISIONS_AUDIENCE = "--decisions-audience";

  @Option(names = SERVER, paramLabel = "HOST:PORT", description = "The access service.")
  @Nullable String server;

  @Option(
      names = "--audience",
      defaultValue = "access",
      paramLabel = "NAME",
      description = "The name that the access service goes by. Default: ${DEFAULT-VALUE}.")
  Audience audience;

  @Option(
      names = DECISIONS,
      paramLabel = "HOST:PORT",
      description = "A server whose decisions to show: one that runs with --console-feed.")
  @Nullable String decisions;

  @Option(
      names = DECISIONS_AUDIENCE,
      paramLabel = "NAME",
      description = "The name that this server goes by.")
  @Nullable Audience decisionsAudience;

  @ArgGroup(exclusive = true)
  @Nullable BearerOptions tokens;

  @Mixin TimeoutOption timeout;

  @Mixin CallerOptions caller;

  /**
   * The servers.
   *
   * @throws CommandFailure if options contradict one another
   */
  ConsoleServers servers() {
    if (decisions == null != (decisionsAudience == null)) {
      throw new CommandFailure(
          DECISIONS + " and " + DECISIONS_AUDIENCE + " (expected: both, or none of them)");
    }
    if (server == null && decisions == null) {
      throw new CommandFailure(
          SERVER + ": missing (expected: the access service, or " + DECISIONS + ", or --demo)");
    }
    return new ConsoleServers(
        end(server, Optional.of(audience)), end(decisions, Optional.ofNullable(decisionsAudience)));
  }

  private Optional<ServerEnd> end(@Nullable String address, Optional<Audience> name) {
    if (address == null || name.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new ServerEnd(
            new ServerEnd.Named(address, name.get(), caller.security(), timeout.time()),
            () -> opened(name.get(), address)));
  }

  private ClientEnd opened(Audience name, String address) {
    return tokens == null ? caller.end(name, address) : caller.endWithToken(tokens, address);
  }
}
