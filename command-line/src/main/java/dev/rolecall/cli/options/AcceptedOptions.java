package dev.rolecall.cli.options;

import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.identity.AccountId;
import dev.rolecall.identity.Partition;
import dev.rolecall.verifier.StsVerifier;
import java.util.List;
import picocli.CommandLine.Option;

/**
 * The options that name the Regions and accounts a verifier accepts. One mix-in, so that every
 * command spells them alike.
 */
public final class AcceptedOptions {

  @Option(
      names = "--sts-region",
      paramLabel = "REGION",
      description =
          "Accept proofs for the STS of this Region alone; repeat it for several. Name those that"
              + " callers use and this machine can reach. Default: every Region of partition aws.")
  List<String> regions = List.of();

  @Option(
      names = "--trust-account",
      paramLabel = "ACCOUNT",
      description =
          "Verify callers of this account alone; repeat it for several. Default: those of every"
              + " account, and the policy decides.")
  List<AccountId> accounts = List.of();

  /**
   * Has the verifier accept them.
   *
   * @throws CommandFailure if a Region belongs to no accepted partition
   */
  public StsVerifier acceptedBy(StsVerifier verifier) {
    try {
      if (!regions.isEmpty()) {
        verifier.acceptRegions(regions);
      }
    } catch (IllegalArgumentException e) {
      throw new CommandFailure("--sts-region: " + e.getMessage(), e);
    }
    accounts.forEach(account -> verifier.trustAccount(Partition.AWS, account));
    return verifier;
  }
}
