package dev.rolecall.cli.relay;

import static java.util.Objects.requireNonNull;

import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.cli.options.StsChoice;
import dev.rolecall.cli.proxy.Identity;
import dev.rolecall.guard.CallGuard;
import dev.rolecall.identity.Audience;
import dev.rolecall.proxy.relay.Route;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of a route: its calls, their audience, and the servers behind. */
final class RouteOptions {

  @Option(
      names = "--audience",
      paramLabel = "NAME",
      description = "The name that callers sign for: that of the service behind the relay.")
  @Nullable Audience audience;

  @Mixin UpstreamOptions upstream;

  @Option(
      names = "--services",
      paramLabel = "PATTERN",
      description =
          "Relay the calls of these services alone: package.Service or package.*. Default: all.")
  @Nullable String services;

  @Option(
      names = "--authority",
      paramLabel = "HOST",
      description = "Relay calls to this :authority alone, without its port. Default: any.")
  @Nullable String authority;

  @Option(
      names = "--txn-per-call",
      description =
          "Sign a token for each call, which names the method. Default: one token for a caller's"
              + " calls of half a minute.")
  boolean perCall;

  @Option(
      names = "--forward-client-credentials-to-upstream",
      description =
          "Leave the client's credential on the call: the server behind could then use it against"
              + " others.")
  boolean forwarding;

  /** The calls that the route is for: equal to another's that is for the same. */
  String calls() {
    return (authority == null ? "" : authority.toLowerCase(Locale.ROOT))
        + "/"
        + (services == null ? "" : services);
  }

  /** A route, and what closes the credentials of connections to its servers. */
  record Opened(Route route, Runnable closing) {}

  /**
   * The route.
   *
   * @param name its name in metrics
   * @throws CommandFailure if options contradict one another, or a value or a file does not do
   */
  Opened opened(String name, CallGuard guard, Identity identity, StsChoice sts) {
    Audience of = requireNonNull(audience, "audience");
    UpstreamOptions.End end = upstream.opened(sts);
    try {
      Route.Builder route =
          Route.builder(name, guard, end.upstream()).identity(identity.to(of, perCall));
      if (services != null) {
        route.services(services);
      }
      if (authority != null) {
        route.authority(authority);
      }
      if (forwarding) {
        route.dangerouslyForwardClientCredentials();
      }
      return new Opened(route.build(), end.closing());
    } catch (IllegalArgumentException e) {
      end.closing().run();
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    } catch (RuntimeException | Error e) {
      end.closing().run();
      throw e;
    }
  }
}
