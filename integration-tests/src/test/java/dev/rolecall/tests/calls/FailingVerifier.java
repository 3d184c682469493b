package dev.rolecall.tests.calls;

import dev.rolecall.verifier.CallerVerifier;
import dev.rolecall.verifier.Connection;
import dev.rolecall.verifier.Verification;
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
