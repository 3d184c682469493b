package dev.rolecall.tests.calls;

import dev.rolecall.access.lookup.CallerLookup;
import dev.rolecall.access.scheme.Connection;
import dev.rolecall.access.scheme.Verification;
import java.util.concurrent.CompletionStage;

/** A verifier with a defect. */
final class FailingVerifier implements CallerVerifier {

  @Override
  public CompletionStage<Verification> verify(String proofText, Connection connection) {
    throw new IllegalStateException("a defect");
  }

  @Override
  public void close() {}
}
