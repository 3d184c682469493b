package dev.rolecall.cli.serve;

import dev.rolecall.cli.failure.CommandFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that name a server's policies. */
final class PolicyOptions {

  @Option(
      names = "--policy",
      required = true,
      paramLabel = "FILE",
      description = "Which roles may call which methods.")
  Path policy;

  @Option(
      names = "--shadow-policy",
      paramLabel = "FILE",
      description =
          "A second policy, asked beside the first and never obeyed. The log rolecall.audit names"
              + " each call that it would have decided otherwise; a metric counts them.")
  @Nullable Path shadowPolicy;

  @Option(
      names = "--policy-period",
      defaultValue = "PT5S",
      paramLabel = "DURATION",
      description =
          "How often the policy file is read, such as PT5S; a change is in force after two"
              + " readings. Default: ${DEFAULT-VALUE}.")
  Duration policyPeriod;

  /**
   * Opens the policies and follows their files.
   *
   * @throws CommandFailure if one cannot be read or is no policy
   */
  ServedPolicies opened() {
    return ServedPolicies.open(policy, Optional.ofNullable(shadowPolicy), policyPeriod);
  }
}
