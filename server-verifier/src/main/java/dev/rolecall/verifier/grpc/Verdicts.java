package dev.rolecall.verifier.grpc;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.RefusalReason;
import dev.rolecall.identity.internal.DefectLog;
import dev.rolecall.policy.PolicySource;
import dev.rolecall.verifier.CallerVerifier;
import dev.rolecall.verifier.Connection;
import dev.rolecall.verifier.Verification;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What the verifier says, whatever it does: one that throws, or answers with nothing, has a defect,
 * and closed is how it fails.
 */
final class Verdicts implements AutoCloseable {

  private static final Verification LEFT =
      new Verification.Unavailable(RefusalReason.ISSUER_UNAVAILABLE, Optional.empty());

  private final DefectLog defects = new DefectLog(System.getLogger(RoleGuard.class.getName()));
  private final CallerVerifier verifier;
  private final CallerVerifier.Registration admissible;

  /** What that verifier says, who is told whom those policies could admit. */
  Verdicts(CallerVerifier verifier, PolicySource policies) {
    this.verifier = requireNonNull(verifier, "verifier");
    this.admissible = verifier.admitting(caller -> policies.current().couldAllow(caller));
  }

  /** The verdict to come on that proof. Does not throw. */
  CompletableFuture<Verification> of(String proof, Connection connection) {
    try {
      return verifier.verify(proof, connection).toCompletableFuture();
    } catch (RuntimeException | Error e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** What a completed verdict says; of one that its call left, nothing that anybody hears. */
  Verification in(CompletableFuture<Verification> completed) {
    if (completed.isCancelled()) {
      return LEFT;
    }
    try {
      return requireNonNull(completed.join(), "verdict");
    } catch (RuntimeException e) {
      defects.write(e);
      return new Verification.Unavailable(RefusalReason.DEFECT, Optional.empty());
    }
  }

  /** The policies admit nobody by this verifier any more. */
  @Override
  public void close() {
    admissible.close();
  }
}
