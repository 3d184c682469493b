package dev.rolecall.cli.doctor;

import dev.rolecall.cli.arguments.MethodName;
import dev.rolecall.cli.arguments.RoleName;
import dev.rolecall.cli.connect.TrustedCertificates;
import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.client.ProofSource;
import dev.rolecall.identity.Audience;
import dev.rolecall.policy.MethodPath;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of the calls that {@code doctor} makes. */
final class TrialOptions {

  @Option(
      names = "--method",
      paramLabel = "SERVICE/METHOD",
      description =
          "The method to try. Default: the health check, or reflection where there is none.")
  @Nullable MethodPath method;

  @Option(
      names = "--assume-role",
      paramLabel = "ARN",
      description = "Assume this role first and call as it.")
  @Nullable String role;

  @Option(
      names = "--bearer",
      description =
          "Bind the proof to the audience alone, as is needed behind a load balancer that ends TLS.")
  boolean bearer;

  @Option(
      names = "--trust-cert",
      paramLabel = "FILE",
      description = "Trust the certificates in this PEM file, and no others.")
  @Nullable Path trusted;

  /**
   * The role to assume first; empty for none.
   *
   * @throws CommandFailure if it is not the ARN of a role
   */
  Optional<String> role(Audience audience) {
    if (role != null) {
      try {
        var unused = ProofSource.builder(audience).assumeRole(role);
      } catch (IllegalArgumentException e) {
        throw new CommandFailure("--assume-role: " + e.getMessage() + RoleName.hint(role), e);
      }
    }
    return Optional.ofNullable(role);
  }

  /**
   * Checks that no option of proofs is given, for a caller with a token.
   *
   * @param withRole whether a role gets the token
   * @throws CommandFailure if one is
   */
  void checkWithoutProofs(boolean withRole) {
    if (bearer || (role != null && !withRole)) {
      throw new CommandFailure(
          (bearer ? "--bearer" : "--assume-role")
              + ": of proofs, and the caller has a token (expected: one of them)");
    }
  }

  /**
   * The trial that they describe.
   *
   * @throws CommandFailure if the file of certificates cannot be read or holds none
   */
  Trial trial() {
    return new Trial(
        Optional.ofNullable(method).map(MethodName::full),
        bearer,
        TrustedCertificates.credentials(Optional.ofNullable(trusted)));
  }
}
