package dev.rolecall.access.lookup;

import static dev.rolecall.identity.RefusalReason.CREDENTIALS_AMBIGUOUS;
import static dev.rolecall.identity.RefusalReason.CREDENTIAL_MALFORMED;
import static dev.rolecall.identity.RefusalReason.CREDENTIAL_MISSING;
import static java.util.Objects.requireNonNull;

import dev.rolecall.access.internal.metrics.SupervisedTask;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.access.scheme.CallerVerifier;
import dev.rolecall.access.scheme.Connection;
import dev.rolecall.access.scheme.Credential;
import dev.rolecall.access.scheme.Question;
import dev.rolecall.access.scheme.Reading;
import dev.rolecall.access.scheme.Scheme;
import dev.rolecall.access.scheme.Verification;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.identity.internal.DefectLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Finds out who presented a credential: the schemes read it in order, then the remembered answers
 * are asked, then its issuer, once for all who wait, within limits.
 *
 * <p>The local checks of a scheme run each time, before anything is looked up: a remembered answer
 * is no reason to accept a credential on the wrong connection or after its time. Safe for use by
 * many threads; never blocks.
 */
public final class CallerLookup implements AutoCloseable {

  private static final Verification OUTAGE =
      new Verification.Unavailable(RefusalReason.ISSUER_UNAVAILABLE, Optional.empty());

  private final List<CallerVerifier> verifiers;
  private final AccessRuntime runtime;
  private final IssuerAnswers answers;

  private final Withdrawals withdrawals;

  private final Runnable afterwards;

  private final UsefulCallers useful = new UsefulCallers();

  /** {@code afterwards} runs when this has been closed. */
  private CallerLookup(
      List<CallerVerifier> verifiers,
      AccessRuntime runtime,
      LookupMemory memory,
      Runnable afterwards) {
    this.verifiers = List.copyOf(verifiers);
    this.runtime = runtime;
    this.answers =
        new IssuerAnswers(
            runtime, memory, useful, new DefectLog(System.getLogger("rolecall.access")));
    this.withdrawals = new Withdrawals(verifiers);
    this.afterwards = afterwards;
    runtime.supervising(SupervisedTask.LOOK_UP);
  }

  /**
   * A look-up by those schemes. Close it, and then the runtime.
   *
   * @param schemes asked in this order; the first that a credential belongs to decides
   * @throws IllegalArgumentException if there is no scheme, or the settings of one break a rule
   */
  public static CallerLookup of(
      List<? extends Scheme> schemes,
      LookupLimits limits,
      CacheBounds caches,
      AccessRuntime runtime) {
    return of(schemes, limits, caches, runtime, () -> {});
  }

  private static CallerLookup of(
      List<? extends Scheme> schemes,
      LookupLimits limits,
      CacheBounds caches,
      AccessRuntime runtime,
      Runnable afterwards) {
    if (schemes.isEmpty()) {
      throw new IllegalArgumentException("schemes: none (expected: at least one, given to accept)");
    }
    List<CallerVerifier> verifiers = new ArrayList<>();
    try {
      schemes.forEach(scheme -> verifiers.add(scheme.verifier(runtime)));
      return new CallerLookup(
          verifiers, runtime, LookupMemory.empty(limits, caches, runtime), afterwards);
    } catch (RuntimeException | Error e) {
      verifiers.forEach(CallerVerifier::close);
      throw e;
    }
  }

  /**
   * A look-up by that scheme, with all defaults and a runtime that is closed with it.
   *
   * @param more further schemes, asked in this order where a credential is not of the first
   * @throws IllegalArgumentException if the settings of a scheme break a rule
   */
  public static CallerLookup by(Scheme scheme, Scheme... more) {
    AccessRuntime runtime = AccessRuntime.ofDefaults();
    try {
      return of(
          Stream.concat(Stream.of(scheme), Stream.of(more)).toList(),
          LookupLimits.ofDefaults(),
          CacheBounds.ofDefaults(),
          runtime,
          runtime::close);
    } catch (RuntimeException | Error e) {
      runtime.close();
      throw e;
    }
  }

  /**
   * The verdict on a credential. What can be said without an issuer (a malformed credential,
   * another audience, a remembered answer) is complete already; otherwise the future completes on
   * the runtime's executor of look-ups. Never completes exceptionally. Calls with one credential
   * share one look-up; cancelling the future leaves it, and does not end it for the others.
   */
  public CompletableFuture<Verification> find(Credential credential, Connection connection) {
    requireNonNull(credential, "credential");
    requireNonNull(connection, "connection");
    try {
      if (credential instanceof Credential.Absent absent) {
        return refused(
            absent == Credential.Absent.NONE ? CREDENTIAL_MISSING : CREDENTIALS_AMBIGUOUS);
      }
      if (credential instanceof Credential.Unusable unusable) {
        return refused(unusable.reason());
      }
      for (int scheme = 0; scheme < verifiers.size(); scheme++) {
        CallerVerifier verifier = verifiers.get(scheme);
        Reading reading = requireNonNull(verifier.read(credential, connection), "reading");
        if (reading instanceof Reading.Settled settled) {
          return CompletableFuture.completedFuture(
              SenderRule.on(connection, settled.verification()));
        }
        if (reading instanceof Question question) {
          return standing(answers.to(question, question.key().ofScheme(scheme), connection));
        }
      }
      return refused(CREDENTIAL_MALFORMED);
    } catch (RuntimeException | Error e) {
      return CompletableFuture.completedFuture(answers.defect(e));
    }
  }

  /** The verdict, unless it is remembered of a caller whose credential was withdrawn since. */
  private CompletableFuture<Verification> standing(CompletableFuture<Verification> verdict) {
    return verdict.isDone() && verdict.join() instanceof Verification.Verified verified
        ? withdrawals.of(verified.caller()).map(CallerLookup::refused).orElse(verdict)
        : verdict;
  }

  /**
   * Completes a verdict of {@link #find} as an outage, unless it is complete after that time. A
   * scheme ends its look-ups in time itself; this holds for one that does not.
   */
  public void endAfter(Duration longest, CompletableFuture<Verification> verdict) {
    var timeout =
        runtime
            .supervisor()
            .after(
                longest,
                runtime.timer(),
                SupervisedTask.LOOK_UP.label(),
                () -> verdict.complete(OUTAGE));
    var unused = verdict.whenComplete((answer, thrown) -> timeout.cancel(false));
  }

  private static CompletableFuture<Verification> refused(RefusalReason reason) {
    return CompletableFuture.completedFuture(new Verification.Refused(reason));
  }

  /**
   * Says which callers the one who uses this look-up could admit at all; a guard does so by its
   * policy. Several may say so; a caller is of use if one of them could admit it. While none has,
   * every caller is.
   *
   * <p>A credential of any other caller is verified in the same way. But it costs its peer half of
   * what a refused one does, and it is remembered apart, so that strangers with good credentials
   * neither have issuers asked without end nor push out those who call here.
   *
   * @param admissible asked once for each look-up, by any thread; must not block
   * @return what ends it
   */
  public Registration admitting(Predicate<Caller> admissible) {
    return useful.add(admissible);
  }

  /** The withdrawals of credentials that its schemes tell of. */
  public Withdrawals withdrawals() {
    return withdrawals;
  }

  /** Stops asking: look-ups under way and later ones end as unavailable. Does not block. */
  @Override
  public void close() {
    verifiers.forEach(
        verifier -> runtime.supervisor().run(SupervisedTask.LOOK_UP.label(), verifier::close));
    afterwards.run();
  }

  /** How many calls wait for look-ups. */
  int callsWaiting() {
    return answers.memory().lookUps().callsWaiting();
  }

  /** A claim on the look-up; closing it, once or more often, ends it. */
  @FunctionalInterface
  public interface Registration extends AutoCloseable {
    @Override
    void close();
  }
}
