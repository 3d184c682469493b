package dev.rolecall.cli.options;

import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.identity.Audience;
import dev.rolecall.verifier.StsVerifier;
import java.util.List;
import picocli.CommandLine.Mixin;

/** The options of a command that verifies proofs as a server does, and no other credentials. */
public final class ProofOptions {

  @Mixin StsOptions sts;

  @Mixin AcceptedOptions accepted;

  @Mixin EksTokenOption eksTokens;

  /**
   * A verifier that accepts what the options name.
   *
   * @param audiences the first is the one in records
   * @throws CommandFailure if an option names no Region or endpoint, or options contradict one
   *     another
   */
  public StsVerifier verifier(List<Audience> audiences) {
    return StsChoice.tried(accepting(audiences));
  }

  /** The same, not tried. */
  StsVerifier accepting(List<Audience> audiences) {
    StsVerifier verifier = StsVerifier.forAudiences(audiences);
    sts().acceptedBy(verifier);
    accepted.acceptedBy(verifier);
    eksTokens.acceptedBy(verifier);
    return verifier;
  }

  /** The chosen STS. */
  public StsChoice sts() {
    return sts.choice();
  }

  /** Whether EKS tokens are accepted. */
  public boolean isAcceptingEksTokens() {
    return eksTokens.accepted;
  }
}
