package dev.rolecall.guard;

import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.access.scheme.Answer;
import dev.rolecall.access.scheme.CallerVerifier;
import dev.rolecall.access.scheme.Connection;
import dev.rolecall.access.scheme.Credential;
import dev.rolecall.access.scheme.CredentialKey;
import dev.rolecall.access.scheme.Facts;
import dev.rolecall.access.scheme.Issuer;
import dev.rolecall.access.scheme.Question;
import dev.rolecall.access.scheme.Reading;
import dev.rolecall.access.scheme.Scheme;
import dev.rolecall.access.scheme.Verification;
import dev.rolecall.identity.BindingHash;
import dev.rolecall.identity.RefusalReason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A scheme that answers what the test says, when the test says it. A text it knows nothing of is
 * refused. What is answered already is settled at once; what is held is asked of an issuer.
 */
final class FakeScheme implements Scheme, CallerVerifier {

  /** The certificate of a connection's peer, with a text in it. */
  record Certificate(String text, BindingHash key) implements Credential.PeerCertificate {}

  final List<String> asked = new CopyOnWriteArrayList<>();
  final List<Credential> credentials = new CopyOnWriteArrayList<>();
  final List<Connection> connections = new CopyOnWriteArrayList<>();
  final Map<String, CompletableFuture<Verification>> answers = new ConcurrentHashMap<>();

  private volatile boolean closed;

  /** The text is answered at once. */
  void answer(String text, Verification verification) {
    answers.put(text, CompletableFuture.completedFuture(verification));
  }

  /** The text is answered when the test completes the future. */
  CompletableFuture<Verification> hold(String text) {
    CompletableFuture<Verification> held = new CompletableFuture<>();
    answers.put(text, held);
    return held;
  }

  @Override
  public CallerVerifier verifier(AccessRuntime runtime) {
    return this;
  }

  @Override
  public Reading read(Credential credential, Connection connection) {
    String text = textOf(credential);
    if (text == null) {
      return Reading.notMine();
    }
    connections.add(connection);
    credentials.add(credential);
    asked.add(text);
    CompletableFuture<Verification> answer = answers.get(text);
    if (answer == null) {
      return Reading.refused(RefusalReason.ISSUER_REFUSED, Optional.empty());
    }
    return answer.isDone() && !answer.isCompletedExceptionally()
        ? new Reading.Settled(answer.join())
        : new Held(text, answer);
  }

  private static @Nullable String textOf(Credential credential) {
    if (credential instanceof Credential.Header header) {
      return header.bearer();
    }
    return credential instanceof Certificate certificate ? certificate.text() : null;
  }

  boolean closed() {
    return closed;
  }

  @Override
  public void close() {
    closed = true;
  }

  /** A question whose answer the test gives. */
  private record Held(String text, CompletableFuture<Verification> answer) implements Question {

    @Override
    public CredentialKey key() {
      return new CredentialKey(text, text.hashCode());
    }

    @Override
    public Issuer issuer() {
      return Answering.ISSUER;
    }

    @Override
    public String claimedId() {
      return text;
    }

    @Override
    public Optional<Facts> facts() {
      return Optional.empty();
    }

    @Override
    public CompletableFuture<Answer> ask(long began) {
      return answer.thenApply(verification -> new Answer(verification, Answer.Reply.ANSWERED));
    }
  }

  /** An issuer that is never away. */
  private enum Answering implements Issuer {
    ISSUER;

    @Override
    public boolean isAway() {
      return false;
    }

    @Override
    public CompletableFuture<Boolean> answersQuestion() {
      return CompletableFuture.completedFuture(true);
    }

    @Override
    public Duration retryAfter() {
      return Duration.ofSeconds(1);
    }
  }
}
