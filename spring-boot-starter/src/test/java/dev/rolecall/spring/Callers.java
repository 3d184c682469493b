package dev.rolecall.spring;

import dev.rolecall.access.scheme.Connection;
import dev.rolecall.access.scheme.Verification;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.Evidence;
import dev.rolecall.identity.IamRole;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.identity.RoleArn;
import dev.rolecall.identity.RoleId;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A verifier that knows one proof. */
final class Callers implements CallerVerifier {

  static final String PROOF = "checkout";

  static final Caller CHECKOUT =
      Caller.of(
          new IamRole(
              RoleArn.parse("arn:aws:iam::111122223333:role/checkout"),
              RoleId.parse("AROAEXAMPLEEXAMPLE123")),
          Evidence.ofSession("aws-iam", Evidence.Carrier.CALL_METADATA, "session"),
          Instant.parse("2099-01-01T00:00:00Z"));

  private boolean closed;

  @Override
  public CompletionStage<Verification> verify(String proofText, Connection connection) {
    return CompletableFuture.completedFuture(
        proofText.equals(PROOF)
            ? new Verification.Verified(CHECKOUT)
            : new Verification.Refused(RefusalReason.CREDENTIAL_MALFORMED));
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public void close() {
    closed = true;
  }
}
