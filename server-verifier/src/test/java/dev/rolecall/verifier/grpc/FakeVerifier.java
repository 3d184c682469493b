package dev.rolecall.verifier.grpc;

import dev.rolecall.identity.RefusalReason;
import dev.rolecall.verifier.CallerVerifier;
import dev.rolecall.verifier.Connection;
import dev.rolecall.verifier.Verification;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers what the test says, when the test says it. A proof it knows nothing of is refused. */
final class FakeVerifier implements CallerVerifier {

  final List<String> asked = new CopyOnWriteArrayList<>();
  final List<Connection> connections = new CopyOnWriteArrayList<>();
  final Map<String, CompletableFuture<Verification>> answers = new ConcurrentHashMap<>();

  /** The proof is answered at once. */
  void answer(String proof, Verification verification) {
    answers.put(proof, CompletableFuture.completedFuture(verification));
  }

  /** The proof is answered when the test completes the future. */
  CompletableFuture<Verification> hold(String proof) {
    CompletableFuture<Verification> held = new CompletableFuture<>();
    answers.put(proof, held);
    return held;
  }

  @Override
  public CompletionStage<Verification> verify(String proofText, Connection connection) {
    connections.add(connection);
    asked.add(proofText);
    // A copy for each call: one may leave without the others.
    return answers
        .getOrDefault(
            proofText,
            CompletableFuture.completedFuture(
                new Verification.Refused(RefusalReason.ISSUER_REFUSED)))
        .copy();
  }

  @Override
  public void close() {}
}
