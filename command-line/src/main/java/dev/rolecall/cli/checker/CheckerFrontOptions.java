package dev.rolecall.cli.checker;

import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.cli.front.ConsoleFeedListenOptions;
import dev.rolecall.cli.proxy.HttpOptions;
import dev.rolecall.cli.proxy.IdentityOptions;
import dev.rolecall.cli.proxy.ProxyFront;
import dev.rolecall.identity.Audience;
import dev.rolecall.proxy.envoy.ClientAddress;
import dev.rolecall.proxy.envoy.EnvoyChecker;
import dev.rolecall.proxy.envoy.EnvoyCheckerBuilder;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of a checker that hold for all of its audiences. */
final class CheckerFrontOptions implements ProxyFront {

  @Mixin CheckerListenOptions listen;

  @Mixin HttpOptions http;

  @Mixin IdentityOptions identity;

  @Mixin ConsoleFeedListenOptions feed;

  @Option(
      names = "--forwarded-for-hops",
      paramLabel = "NUMBER",
      description =
          "Take for a call's address the one at this place of x-forwarded-for, counted from the"
              + " right. Default: the peer of Envoy.")
  @Nullable Integer hops;

  @Option(
      names = "--trust-client-certificates-that-envoy-reports",
      description =
          "Take the certificate of a client from Envoy's word, for --client-ca. Nothing but Envoy may"
              + " reach the checker then.")
  boolean reported;

  @Option(
      names = "--threads",
      paramLabel = "NUMBER",
      description = "How many threads do the work. Default: one for each processor.")
  @Nullable Integer threads;

  @Option(
      names = "--drain",
      defaultValue = "PT5S",
      paramLabel = "DURATION",
      description =
          "How long after SIGTERM Checks are still answered, while health says NOT_SERVING: longer"
              + " than Envoy's interval of health checks. Default: ${DEFAULT-VALUE}.")
  Duration drain;

  @Option(
      names = "--default-audience",
      paramLabel = "NAME",
      description = "The audience of routes that name none. Default: the only one.")
  @Nullable Audience defaultAudience;

  @Override
  public HttpOptions http() {
    return http;
  }

  @Override
  public IdentityOptions identity() {
    return identity;
  }

  /**
   * The options of the checker, without its audiences.
   *
   * @throws CommandFailure if options contradict one another, or a value or a file does not do
   */
  EnvoyCheckerBuilder checker() {
    try {
      EnvoyCheckerBuilder checker = EnvoyChecker.builder(listen.address());
      if (hops != null) {
        checker.clientAddress(ClientAddress.forwardedFor(hops));
      }
      if (reported) {
        checker.trustClientCertificatesThatEnvoyReports();
      }
      return threads == null ? checker : checker.threads(threads);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    }
  }
}
