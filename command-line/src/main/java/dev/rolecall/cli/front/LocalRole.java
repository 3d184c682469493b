package dev.rolecall.cli.front;

import dev.rolecall.access.lookup.CallerLookup;
import dev.rolecall.cli.connect.LocalProof;
import dev.rolecall.cli.options.StsChoice;
import dev.rolecall.client.ProofSource;
import dev.rolecall.client.ProofUnavailableException;
import dev.rolecall.identity.Audience;
import dev.rolecall.identity.IamRole;
import dev.rolecall.identity.RoleArn;
import java.util.Optional;

/**
 * The role of this shell's AWS credentials, as STS names it. The credentials themselves do not say.
 */
final class LocalRole {

  private final Audience audience;
  private final StsChoice sts;

  /** The role of callers for that audience, as that STS names it. */
  LocalRole(Audience audience, StsChoice sts) {
    this.audience = audience;
    this.sts = sts;
  }

  /** The role; empty if STS does not say, or it is no role. Blocks for the answer. */
  Optional<RoleArn> asSeenBy(CallerLookup callers) {
    try (ProofSource source = sts.signedBy(ProofSource.builder(audience)).build()) {
      return LocalProof.verified(source, callers)
          .fold(
              verified -> verified.caller().role().map(IamRole::arn),
              refused -> Optional.empty(),
              unavailable -> Optional.empty());
    } catch (ProofUnavailableException e) {
      return Optional.empty();
    }
  }
}
