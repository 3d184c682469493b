package dev.rolecall.tests.http;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.AccessControl;
import dev.rolecall.access.Admission;
import dev.rolecall.access.CallRequest;
import dev.rolecall.access.CalledMethod;
import dev.rolecall.access.ConnectionMemo;
import dev.rolecall.access.Outcome;
import dev.rolecall.access.Pending;
import dev.rolecall.access.Refusal;
import dev.rolecall.access.scheme.Credential;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.RefusalReason;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Judges HTTP requests. Safe for use by many threads; never blocks. */
// region door
final class HttpDoor {

  /** Methods that metrics name; a client may send any other. */
  private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");

  private final AccessControl access;
  private final Executor handlers;

  /** A door whose late answers run on that executor. */
  HttpDoor(AccessControl access, Executor handlers) {
    this.access = requireNonNull(access, "access");
    this.handlers = requireNonNull(handlers, "handlers");
  }

  /** The answer to one request: exactly one of the two is called. */
  interface Answer {
    /** Serves the request. There may be no caller: the method is public, for example. */
    void admitted(Optional<Caller> caller);

    /** Ends the request. */
    void refused(Refusal refusal);
  }

  /**
   * Answers on this thread where the caller is known, else later on the executor.
   *
   * @param service the service's name in the policy, such as {@code http.Orders}
   * @param verb the HTTP method: with the service it is the policy's path, {@code /http.Orders/GET}
   * @param peer the client's IP address
   * @param authorization every value of the request's {@code Authorization} field
   */
  void judge(String service, String verb, String peer, List<String> authorization, Answer answer) {
    CalledMethod method = access.method(service + "/" + verb, METHODS.contains(verb));
    ConnectionMemo connection = access.connection(peer, Optional.empty(), null);
    Credential credential = Credential.ofAuthorization(authorization);
    Request request = new Request(method, connection);
    Outcome outcome = access.check(method, connection, credential);
    if (outcome instanceof Pending pending) {
      pending.whenReady(() -> resume(request, pending, answer));
    } else {
      act(request, outcome, answer);
    }
  }

  /** On a thread of the look-up, which must not run a handler. */
  private void resume(Request request, Pending pending, Answer answer) {
    try {
      handlers.execute(() -> act(request, outcome(pending), answer));
    } catch (RejectedExecutionException e) {
      // The server is stopping.
      act(request, pending.crowdedOut(), answer);
    }
  }

  /** A fault of ours ends the request too. */
  private static Outcome outcome(Pending pending) {
    try {
      return pending.outcome();
    } catch (RuntimeException e) {
      return Refusal.of(RefusalReason.DEFECT);
    }
  }

  private void act(Request request, Outcome outcome, Answer answer) {
    if (outcome instanceof Admission admission) {
      answer.admitted(Optional.ofNullable(admission.caller()));
    } else if (outcome instanceof Refusal refusal) {
      answer.refused(refusal);
      access.records().refused(request, refusal);
    }
  }

  private record Request(CalledMethod method, ConnectionMemo connection) implements CallRequest {}
}
// endregion
