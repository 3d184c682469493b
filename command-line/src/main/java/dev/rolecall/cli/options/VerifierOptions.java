package dev.rolecall.cli.options;

import dev.rolecall.access.lookup.CallerLookup;
import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.identity.Audience;
import dev.rolecall.verifier.StsVerifier;
import picocli.CommandLine.Mixin;

/** The options of a command that verifies proofs as a server does. */
public final class VerifierOptions {

  @Mixin StsOptions sts;

  @Mixin AcceptedOptions accepted;

  @Mixin EksTokenOption eksTokens;

  /**
   * A verifier that accepts what the options name.
   *
   * @throws CommandFailure if an option names no Region or endpoint, or options contradict one
   *     another
   */
  public StsVerifier verifier(Audience audience) {
    return StsChoice.tried(accepting(audience));
  }

  /**
   * A look-up by a verifier that accepts what the options name.
   *
   * @throws CommandFailure as {@link #verifier} does
   */
  public CallerLookup lookup(Audience audience) {
    return StsChoice.lookup(accepting(audience));
  }

  private StsVerifier accepting(Audience audience) {
    StsVerifier verifier = StsVerifier.forAudience(audience);
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
