package dev.rolecall.cli.exchange;

import dev.rolecall.access.AccessControl;
import dev.rolecall.access.AuditRules;
import dev.rolecall.access.audit.AuditCondition;
import dev.rolecall.access.audit.AuditLog;
import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.cli.front.AuditFileOption;
import dev.rolecall.cli.options.ProofOptions;
import dev.rolecall.identity.Audience;
import dev.rolecall.policy.document.InvalidPolicyException;
import dev.rolecall.policy.document.PolicyFile;
import dev.rolecall.verifier.StsVerifier;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say whose proofs are taken, which token each may have, and what is recorded. */
final class DecisionOptions {

  @Option(
      names = "--audience",
      required = true,
      paramLabel = "NAME",
      description = "The name of this exchange, which callers sign their proofs for.")
  Audience audience;

  @Option(
      names = "--policy",
      required = true,
      paramLabel = "PATH",
      description =
          "Which roles may have tokens, by paths such as /rolecall.exchange/orders: a file, or a"
              + " folder. Given again, all of them are one. Followed.")
  List<Path> policies;

  @Mixin AuditFileOption auditFile;

  @Mixin ProofOptions verifying;

  /**
   * What decides, and follows the policy.
   *
   * @throws CommandFailure if a file does not do, or an option names no Region or endpoint
   */
  AccessControl access() {
    StsVerifier verifier = verifying.verifier(List.of(audience));
    PolicyFile policy = policy();
    try {
      return AccessControl.builder(policy)
          .accept(verifier)
          .audit(
              AuditRules.ofDefaults()
                  .to(auditFile.opened().orElseGet(AuditLog::toLogger))
                  .on(AuditCondition.BOTH))
          .build();
    } catch (IllegalArgumentException e) {
      policy.close();
      // The policy names callers that no proof is of.
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    } catch (RuntimeException | Error e) {
      policy.close();
      throw e;
    }
  }

  private PolicyFile policy() {
    try {
      return PolicyFile.builder(policies.get(0), policies.stream().skip(1).toArray(Path[]::new))
          .follow();
    } catch (InvalidPolicyException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    }
  }
}
