package dev.rolecall.access;

import static dev.rolecall.identity.RefusalReason.GUARD_CLOSED;
import static dev.rolecall.identity.RefusalReason.ISSUER_UNAVAILABLE;

import dev.rolecall.access.call.CallOrigin;
import dev.rolecall.access.call.HeaderReader;
import dev.rolecall.access.grant.Grants;
import dev.rolecall.access.grant.RequiredGrants;
import dev.rolecall.access.internal.metrics.DecisionMetrics;
import dev.rolecall.access.internal.metrics.SupervisedTask;
import dev.rolecall.access.internal.records.ReloadCounter;
import dev.rolecall.access.internal.time.AccessTime;
import dev.rolecall.access.lookup.CallerLookup;
import dev.rolecall.access.proxy.PassedCallers;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.access.scheme.Credential;
import dev.rolecall.access.scheme.Verification;
import dev.rolecall.identity.BindingHash;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.PolicySource;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Judges calls: from the credential to the caller to the decision, remembered and recorded. It
 * answers, and a door acts on the answer. {@link #check} is the whole pipeline.
 *
 * <p>Safe for use by many threads; never blocks. A door closes it once its last call is over.
 */
public final class AccessControl implements AutoCloseable {

  /** The wait of a call that is admitted in any case: longer than an issuer takes as a rule. */
  static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  private final PolicySource policies;
  private final AccessRuntime runtime;
  private final CallerLookup lookup;
  private final CalledMethods methods;
  private final AccessTime time;
  private final CallRecords records;
  private final CachedDecisions decisions;
  private final ConnectionMemos connections;

  /** The ends of what it owns, in order; each is taken by the one close that runs it. */
  private final Queue<Runnable> ends = new ConcurrentLinkedQueue<>();

  private volatile boolean closed;

  AccessControl(
      AccessControlBuilder options,
      AccessRuntime runtime,
      CallerLookup lookup,
      Grants grants,
      @Nullable PassedCallers passed) {
    this.policies = options.policies();
    this.runtime = runtime;
    this.lookup = lookup;
    this.methods = new CalledMethods(options.audit(), options.enforcement(), options.policies());
    this.time = new AccessTime(runtime.clock(), runtime.ticker());
    DecisionMetrics metrics = new DecisionMetrics(runtime.telemetry());
    DecisionJournal journal = options.journal(runtime, metrics, grants);
    this.records = new CallRecords(journal, runtime.supervisor());
    this.decisions =
        new CachedDecisions(options.streamLifetime(), time, journal, grants, passed, runtime);
    this.connections = options.connections(runtime);
    ends.add(lookup.admitting(caller -> decisions.couldUse(caller, policies))::close);
    new ReloadCounter(metrics, runtime).follow(policies).ifPresent(it -> ends.add(it::close));
    ends.add(policies.onChange(methods::policyChanged)::close);
    ends.add(RequiredGrants.follow(grants, options.allPolicies(), runtime.supervisor())::close);
    ends.addAll(
        List.of(decisions::close, lookup::close, journal::close, policies::close, runtime::close));
    ends.add(options.enforcement().announce(runtime, metrics));
    // Last, since what the rest records on its way out is written too.
    ends.add(journal::closeLog);
    runtime.supervising(SupervisedTask.CALL_DECISION, SupervisedTask.DECISION_RECORD);
    journal.startSummaries();
  }

  /** Options of the control over calls by that policy. */
  public static AccessControlBuilder builder(PolicySource policies) {
    return new AccessControlBuilder(policies);
  }

  /** The same for a door that does not know headers: see {@link HeaderReader#ofUnknown}. */
  public Outcome check(CalledMethod method, ConnectionMemo connection, Credential ofCall) {
    return check(method, connection, ofCall, "", HeaderReader.ofUnknown());
  }

  /**
   * The answer about a call that has come in. Where the credential is known and the decision on it
   * too, allocates nothing and reads no header.
   *
   * @param method the method called, as {@link #method} knows it
   * @param connection the connection that the call came in on
   * @param ofCall the credential that the call brought; one that the connection presented itself
   *     counts before it, as a rule
   * @param headers the headers of the call, for conditions of rules
   * @param reader reads them
   */
  public <H> Outcome check(
      CalledMethod method,
      ConnectionMemo connection,
      Credential ofCall,
      H headers,
      HeaderReader<H> reader) {
    if (closed) {
      return refuse(GUARD_CLOSED);
    }
    try {
      return judge(method, connection, ofCall, headers, reader);
    } catch (RuntimeException | Error e) {
      if (method.enforced()) {
        throw e;
      }
      return decisions.undecided(method, connection.origin(), e);
    }
  }

  private <H> Outcome judge(
      CalledMethod method,
      ConnectionMemo connection,
      Credential ofCall,
      H headers,
      HeaderReader<H> reader) {
    AccessPolicy policy = policies.current();
    if (method.isPublicIn(policy)) {
      return decisions.ofPublic(method, connection.origin());
    }
    Credential credential = connection.credentialFor(ofCall);
    long now = time.millis();
    CachedCaller known = connection.known(credential);
    if (known != null
        && known.isGoodAt(now, time.elapsedAtLastWalk())
        && known.stands(lookup.withdrawals())) {
      CachedDecision held = known.decision(method, policy);
      return held != null && !decisions.readOrigins() && held.isHeld() && !decisions.isLocked(known)
          ? decisions.use(held, known, known.origin(), now)
          : decisions.decide(method, known.origin().with(headers, reader), known, policy, now);
    }
    CallOrigin origin = connection.origin().with(headers, reader);
    CompletableFuture<Verification> verdict =
        lookup.find(credential, connection.describedFor(credential));
    if (verdict.isDone()) {
      return settle(method, connection, credential, origin, verdict);
    }
    if (!method.enforced()) {
      lookup.endAfter(LONGEST_WAIT, verdict);
    }
    return new Pending(
        settled -> settle(method, connection, credential, origin, settled),
        () -> crowdedOut(method, origin),
        verdict);
  }

  /** The answer by the verdict on the call's credential. */
  private Outcome settle(
      CalledMethod method,
      ConnectionMemo connection,
      Credential credential,
      CallOrigin origin,
      CompletableFuture<Verification> verdict) {
    if (closed) {
      return refuse(GUARD_CLOSED);
    }
    if (verdict.isCancelled()) {
      // The call left, and hears of it no more.
      return Refusal.of(ISSUER_UNAVAILABLE);
    }
    try {
      return verdict
          .join()
          .<Outcome>fold(
              verified ->
                  decisions.admit(
                      method, connection, credential, origin, verified.caller(), policies),
              refused -> decisions.refused(method, origin, Refusal.of(refused, time.instant())),
              unavailable -> decisions.refused(method, origin, Refusal.of(unavailable)));
    } catch (RuntimeException | Error e) {
      if (method.enforced()) {
        throw e;
      }
      return decisions.undecided(method, origin, e);
    }
  }

  private Refusal refuse(RefusalReason reason) {
    return Refusal.of(reason, time.instant());
  }

  /** The answer about a call that found no place or thread at its door. */
  private Outcome crowdedOut(CalledMethod method, CallOrigin origin) {
    return closed ? refuse(GUARD_CLOSED) : decisions.refused(method, origin, Refusal.CROWDED_OUT);
  }

  /** Begins to find out who presented the connection's own credential. Throws nothing. */
  public void expect(ConnectionMemo connection) {
    Credential credential = connection.presented();
    if (credential instanceof Credential.PeerCertificate && !closed) {
      Runnable lookingUp =
          () -> {
            var unused = lookup.find(credential, connection.describedFor(credential));
          };
      runtime.supervisor().run(SupervisedTask.LOOK_UP.label(), lookingUp);
    }
  }

  /** The records of what the door does with calls. */
  public CallRecords records() {
    return records;
  }

  /** A reading for a walk over live calls, to be asked once a second and at each change. */
  public Recheck recheck() {
    return decisions.recheck(policies, lookup.withdrawals());
  }

  /** Runs the listener each time what was allowed may be allowed no more. It must not block. */
  public PolicySource.Registration onChange(Runnable listener) {
    return lookup.withdrawals().onChange(listener, decisions.onChange(listener, policies))::close;
  }

  /**
   * A method as calls name it.
   *
   * @param fullName {@code package.Service/Method}
   * @param registered whether the server registered it, so that metrics may name it; they name what
   *     the policy lists by its whole path, too
   */
  public CalledMethod method(String fullName, boolean registered) {
    return methods.of(fullName, registered);
  }

  /**
   * The memory of a connection. The door keeps it for the connection's life.
   *
   * @param peer the peer's address, without a port
   * @param certificate the hash of the leaf certificate that the connection was shown
   * @param presented the credential that the connection itself presented; null if calls bring
   *     theirs
   */
  public ConnectionMemo connection(
      String peer, Optional<BindingHash> certificate, @Nullable Credential presented) {
    return connection(peer, certificate, presented, List.of());
  }

  /**
   * The same for a connection whose client may have a certificate.
   *
   * @param client the client's own certificate, whose key the TLS handshake proved, and those that
   *     it sent with it; empty for none. It is the connection's credential, if a scheme reads such
   *     certificates and {@code presented} is null
   */
  public ConnectionMemo connection(
      String peer,
      Optional<BindingHash> certificate,
      @Nullable Credential presented,
      List<X509Certificate> client) {
    return connections.of(peer, certificate, presented, client);
  }

  /** What finds out who presented a credential. */
  public CallerLookup lookup() {
    return lookup;
  }

  /** The clock, threads and telemetry that it works with. */
  public AccessRuntime runtime() {
    return runtime;
  }

  /** Whether every call is refused. */
  public boolean isClosed() {
    return closed;
  }

  /** Refuses every call from now on. */
  public void refuseAll() {
    closed = true;
  }

  /**
   * Ends the look-ups under way, writes what records were held back, and closes all that it owns.
   * Waits for the audit log alone. A second call does nothing more.
   */
  @Override
  public void close() {
    closed = true;
    runtime.supervisor().runAll(SupervisedTask.CALL_DECISION.label(), ends);
  }
}
