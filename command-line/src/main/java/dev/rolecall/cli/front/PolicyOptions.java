package dev.rolecall.cli.front;

import dev.rolecall.access.proxy.TrustedProxies;
import dev.rolecall.access.scheme.Scheme;
import dev.rolecall.cli.failure.CommandFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that name a server's policies. */
public final class PolicyOptions {

  @Option(
      names = "--policy",
      paramLabel = "PATH",
      description =
          "Which roles may call which methods: a file, or a folder whose .yaml, .yml and .json files"
              + " are one policy. Given again, all of them are one.")
  List<Path> policies = List.of();

  @Option(
      names = "--shadow-policy",
      paramLabel = "PATH",
      description =
          "A second policy, a file or a folder, asked beside the first and never obeyed. The log of"
              + " audit records names each call that it would have decided otherwise; a metric counts them.")
  @Nullable Path shadowPolicy;

  @Option(
      names = "--policy-period",
      defaultValue = "PT5S",
      paramLabel = "DURATION",
      description =
          "How often the policy files are read, such as PT5S; a change is in force after two"
              + " readings. Default: ${DEFAULT-VALUE}.")
  Duration policyPeriod;

  /**
   * Opens the policies and follows their files. A principal of an issuer or a trust domain that no
   * scheme vouches for is a problem of theirs.
   *
   * @throws CommandFailure if there is none, or one cannot be read or is no policy
   */
  public ServedPolicies opened(Collection<Scheme> schemes) {
    return opened(schemes, Optional.empty());
  }

  /**
   * The same of a server that trusts proxies, which vouch for principals too.
   *
   * @throws CommandFailure if there is none, or one cannot be read or is no policy
   */
  public ServedPolicies opened(Collection<Scheme> schemes, Optional<TrustedProxies> proxies) {
    if (policies.isEmpty()) {
      throw new CommandFailure("--policy: missing (expected: a file, or a folder)");
    }
    return ServedPolicies.open(
        policies,
        Optional.ofNullable(shadowPolicy),
        policyPeriod,
        new ServedPolicies.Vouching(schemes, proxies));
  }
}
