package dev.rolecall.cli.options;

import dev.rolecall.verifier.StsVerifier;
import picocli.CommandLine.Option;

/** The option to accept EKS tokens as proofs. One mix-in, for the commands that verify. */
final class EksTokenOption {

  @Option(
      names = "--accept-eks-tokens",
      description =
          "Also accept what 'aws eks get-token --cluster-name AUDIENCE' prints. Such a token is"
              + " bound to the audience alone.")
  boolean accepted;

  /** Has the verifier accept EKS tokens, where that was asked for. */
  StsVerifier acceptedBy(StsVerifier verifier) {
    return accepted ? verifier.acceptEksTokens() : verifier;
  }
}
