package dev.rolecall.spring;

import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.access.scheme.CallerVerifier;
import dev.rolecall.access.scheme.Connection;
import dev.rolecall.access.scheme.Credential;
import dev.rolecall.access.scheme.Reading;
import dev.rolecall.access.scheme.Scheme;
import dev.rolecall.access.scheme.Verification;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.Evidence;
import dev.rolecall.identity.IamRole;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.identity.RoleArn;
import dev.rolecall.identity.RoleId;
import java.time.Instant;
import java.util.Optional;

/** A scheme that knows one proof. */
final class Callers implements Scheme {

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
  public CallerVerifier verifier(AccessRuntime runtime) {
    return new Verifier();
  }

  /** Whether the verifier of these has been closed. */
  boolean isClosed() {
    return closed;
  }

  private final class Verifier implements CallerVerifier {

    @Override
    public Reading read(Credential credential, Connection connection) {
      if (!(credential instanceof Credential.Header header)) {
        return Reading.notMine();
      }
      return PROOF.equals(header.bearer())
          ? new Reading.Settled(new Verification.Verified(CHECKOUT))
          : Reading.refused(RefusalReason.CREDENTIAL_MALFORMED, Optional.empty());
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
