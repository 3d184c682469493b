package dev.rolecall.cli.options;

import dev.rolecall.access.lookup.CallerLookup;
import dev.rolecall.access.scheme.Scheme;
import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.cli.schemes.Front;
import dev.rolecall.cli.schemes.SchemeOptions;
import dev.rolecall.identity.Audience;
import dev.rolecall.verifier.StsVerifier;
import java.util.List;
import picocli.CommandLine.Mixin;

/** The options of a command that verifies proofs as a server does. */
public final class VerifierOptions {

  @Mixin StsOptions sts;

  @Mixin AcceptedOptions accepted;

  @Mixin EksTokenOption eksTokens;

  @Mixin SchemeOptions schemes;

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

  /**
   * A look-up, for credentials at hand, that accepts what the options name.
   *
   * @throws CommandFailure as {@link #verifier} does
   */
  public CallerLookup lookup(Audience audience) {
    return StsChoice.lookup(
        accepting(List.of(audience)),
        schemes.schemes(Front.AT_HAND, List.of(audience)).toArray(Scheme[]::new));
  }

  /** The schemes beside that of proofs. */
  public SchemeOptions schemes() {
    return schemes;
  }

  private StsVerifier accepting(List<Audience> audiences) {
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
