package dev.rolecall.benchmarks.hooks;

import dev.rolecall.identity.Caller;
import dev.rolecall.verifier.CallerVerifier;
import dev.rolecall.verifier.Connection;
import dev.rolecall.verifier.Verification;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A verifier to which every proof is the same caller's; asked once, before the hits. */
record KnownCaller(Caller caller) implements CallerVerifier {

  @Override
  public CompletionStage<Verification> verify(String proofText, Connection connection) {
    return CompletableFuture.completedFuture(new Verification.Verified(caller));
  }

  @Override
  public void close() {}
}
