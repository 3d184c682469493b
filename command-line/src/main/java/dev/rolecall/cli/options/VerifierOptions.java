package dev.rolecall.cli.options;

import dev.rolecall.access.lookup.CallerLookup;
import dev.rolecall.access.scheme.Scheme;
import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.cli.schemes.Front;
import dev.rolecall.cli.schemes.SchemeOptions;
import dev.rolecall.identity.Audience;
import java.util.List;
import picocli.CommandLine.Mixin;

/** The options of a command that verifies callers of every kind as a server does. */
public final class VerifierOptions {

  @Mixin ProofOptions proofs;

  @Mixin SchemeOptions schemes;

  /**
   * A look-up, for credentials at hand, that accepts what the options name.
   *
   * @throws CommandFailure if an option names no Region or endpoint, a file does not do, or options
   *     contradict one another
   */
  public CallerLookup lookup(Audience audience) {
    List<Audience> audiences = List.of(audience);
    return StsChoice.lookup(
        proofs.accepting(audiences),
        schemes.schemes(Front.AT_HAND, audiences).toArray(Scheme[]::new));
  }

  /** Those of proofs. */
  public ProofOptions proofs() {
    return proofs;
  }

  /** The schemes beside that of proofs. */
  public SchemeOptions schemes() {
    return schemes;
  }
}
