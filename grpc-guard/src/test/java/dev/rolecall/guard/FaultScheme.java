package dev.rolecall.guard;

import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.access.runtime.RetryAfter;
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
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.Evidence;
import dev.rolecall.identity.IamRole;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.identity.RoleId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A scheme whose credentials are the instants that they were made at, and whose issuer confirms
 * them, or is away. It uses all of the runtime that a scheme may use, and passes a seam at each
 * step.
 */
final class FaultScheme implements Scheme {

  static final Duration LIFE = Duration.ofMinutes(15);

  private final Fault fault;
  private volatile boolean answers = true;

  FaultScheme(Fault fault) {
    this.fault = fault;
  }

  /** The credential that is made at that instant. */
  static String madeAt(Instant instant) {
    return instant.toString();
  }

  /** The issuer answers, or is away. */
  void answers(boolean answering) {
    answers = answering;
  }

  @Override
  public CallerVerifier verifier(AccessRuntime runtime) {
    return new Reader(runtime);
  }

  private final class Reader implements CallerVerifier {

    private final AccessRuntime runtime;

    Reader(AccessRuntime runtime) {
      this.runtime = runtime;
    }

    @Override
    public Reading read(Credential credential, Connection connection) {
      fault.strike(FaultSeam.SCHEME);
      @Nullable String text =
          credential instanceof Credential.Header header ? header.bearer() : null;
      if (text == null) {
        return Reading.notMine();
      }
      Asked question = new Asked(runtime, text);
      return runtime.clock().instant().isAfter(question.notAfter())
          ? Reading.refused(RefusalReason.CREDENTIAL_EXPIRED, question.facts())
          : question;
    }

    @Override
    public void close() {}
  }

  private final class Asked implements Question {

    private final AccessRuntime runtime;
    private final String text;

    Asked(AccessRuntime runtime, String text) {
      this.runtime = runtime;
      this.text = text;
    }

    Instant notAfter() {
      return Instant.parse(text).plus(LIFE);
    }

    @Override
    public CredentialKey key() {
      fault.strike(FaultSeam.CREDENTIAL_KEY);
      return new CredentialKey(text, text.hashCode());
    }

    @Override
    public Issuer issuer() {
      return new Answering(runtime);
    }

    @Override
    public String claimedId() {
      return text;
    }

    @Override
    public Optional<Facts> facts() {
      fault.strike(FaultSeam.FACTS);
      return Optional.empty();
    }

    @Override
    public CompletableFuture<Answer> ask(long began) {
      fault.strike(FaultSeam.ISSUER_ASKED);
      CompletableFuture<Answer> answer = new CompletableFuture<>();
      Runnable timedOut = () -> answer.complete(outage());
      ScheduledFuture<?> timeout = runtime.timer().schedule(timedOut, 1, TimeUnit.MINUTES);
      try {
        fault.strike(FaultSeam.ISSUER_ANSWER);
        answer.complete(answers ? new Answer(confirmed(), Answer.Reply.ANSWERED) : outage());
      } catch (Error e) {
        answer.completeExceptionally(e);
      } finally {
        timeout.cancel(false);
      }
      return answer;
    }

    private Verification confirmed() {
      return new Verification.Verified(
          Caller.of(
              new IamRole(GuardedServer.ROLE, RoleId.parse("AROAEXAMPLE0000000001")),
              Evidence.ofSession("aws-iam", Evidence.Carrier.CALL_METADATA, "i-0abc"),
              notAfter()));
    }

    private Answer outage() {
      return new Answer(
          new Verification.Unavailable(
              RefusalReason.ISSUER_UNAVAILABLE,
              Optional.of(new RetryAfter(runtime.random()).soon())),
          Answer.Reply.UNANSWERED);
    }
  }

  /** The one issuer. */
  private final class Answering implements Issuer {

    private final AccessRuntime runtime;

    Answering(AccessRuntime runtime) {
      this.runtime = runtime;
    }

    @Override
    public boolean isAway() {
      fault.strike(FaultSeam.ISSUER);
      return false;
    }

    @Override
    public CompletableFuture<Boolean> answersQuestion() {
      return CompletableFuture.completedFuture(answers);
    }

    @Override
    public Duration retryAfter() {
      return new RetryAfter(runtime.random()).soon();
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Answering;
    }

    @Override
    public int hashCode() {
      return Answering.class.hashCode();
    }
  }
}
