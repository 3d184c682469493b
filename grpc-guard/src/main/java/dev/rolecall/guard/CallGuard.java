package dev.rolecall.guard;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.AccessControl;
import dev.rolecall.access.AccessControlBuilder;
import dev.rolecall.access.Admission;
import dev.rolecall.access.CallRequest;
import dev.rolecall.access.CalledMethod;
import dev.rolecall.access.ConnectionMemo;
import dev.rolecall.access.Outcome;
import dev.rolecall.access.Pending;
import dev.rolecall.access.Refusal;
import dev.rolecall.access.internal.metrics.SupervisedTask;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.guard.internal.status.RefusalStatus;
import dev.rolecall.identity.internal.Supervisor;
import dev.rolecall.policy.PolicySource;
import io.grpc.Attributes;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one thing to put in front of a gRPC server's services: admits each call by its caller, or
 * refuses it.
 *
 * <p>Attach it last ({@code ServerBuilder.intercept}), so that it runs first. A credential that was
 * good on this connection before is compared and the call goes on, on the same thread; any other
 * call waits for its verdict without holding a thread. A handler reads its caller from {@link
 * CurrentCaller}. Calls that outlive their credential, or a change of policy that forbids them, are
 * ended: see {@link dev.rolecall.access.StreamLifetime}.
 *
 * <p>Safe for use by many threads; never blocks. Close it after the server has terminated; it
 * closes all that it was built with.
 */
public final class CallGuard implements ServerInterceptor, AutoCloseable {

  private final AccessControl access;
  private final Connections connections;
  private final LiveCalls live = new LiveCalls();
  private final CallStarter starter;
  private final Suspensions suspensions;
  private final CallWatch watch;
  private final Supervisor supervisor;
  private final Queue<Runnable> besides = new ConcurrentLinkedQueue<>();

  CallGuard(CallGuardBuilder options, AccessControl access) {
    AccessRuntime runtime = access.runtime();
    runtime.supervising(
        SupervisedTask.CALL_START,
        SupervisedTask.CALL_END,
        SupervisedTask.CALL_CANCEL,
        SupervisedTask.CALL_WATCH);
    this.access = access;
    this.supervisor = runtime.supervisor();
    this.connections = new Connections(access);
    this.watch = new CallWatch(live, access);
    this.starter = new CallStarter(new CallEnds(runtime), live, watch::added, runtime);
    this.suspensions = new Suspensions(options.maxSuspendedCalls(), this, runtime);
    watch.start(options.watchPeriod());
  }

  /**
   * A builder of a guard that asks {@code policies} what callers may do. The guard closes the
   * source.
   */
  public static CallGuardBuilder builder(PolicySource policies) {
    return builder(AccessControl.builder(policies));
  }

  /**
   * A builder of a guard whose control has those options, for a program that makes controls for
   * several doors alike.
   */
  public static CallGuardBuilder builder(AccessControlBuilder control) {
    return new CallGuardBuilder(control);
  }

  /** Judges the call, and does what the answer says. gRPC calls this. */
  @Override
  public <ReqT, RespT> ServerCall.Listener<ReqT> interceptCall(
      ServerCall<ReqT, RespT> call, Metadata headers, ServerCallHandler<ReqT, RespT> next) {
    try {
      CalledMethod method = methodOf(call);
      ConnectionMemo connection = connections.of(call.getAttributes());
      int changes = watch.changes();
      Outcome outcome =
          access.check(
              method,
              connection,
              AuthorizationHeader.in(headers, connection),
              headers,
              MetadataHeaders.READER);
      if (outcome instanceof Admission admission) {
        // Nearly every call. It goes on by its parts, so that nothing is allocated to hold them.
        return orNothing(start(call, headers, next, admission, changes, true));
      }
      IncomingCall<ReqT, RespT> incoming =
          new IncomingCall<>(call, headers, next, method, connection);
      return orNothing(
          outcome instanceof Pending pending
              ? suspensions.suspend(incoming, pending)
              : refuse(incoming, (Refusal) outcome));
    } catch (HandlerFailure e) {
      throw e.rethrow();
    } catch (RuntimeException | Error e) {
      RefusalStatus.closeAfterDefect(call);
      // Another one: were the first to live until here, each call would allocate it.
      access
          .records()
          .defect(
              () ->
                  new IncomingCall<>(
                      call, headers, next, methodOf(call), connections.of(call.getAttributes())),
              e);
      return orNothing(null);
    }
  }

  /** By gRFC A66's rule: generated code says of its methods that they may be recorded by name. */
  private CalledMethod methodOf(ServerCall<?, ?> call) {
    var descriptor = call.getMethodDescriptor();
    return access.method(descriptor.getFullMethodName(), descriptor.isSampledToLocalTracing());
  }

  /**
   * Starts the handler of an admitted call, or closes a refused one: null then.
   *
   * @param judged gives the outcome; asked here, once
   * @param runByGrpc whether gRPC is on the stack; false once the call has waited
   */
  <ReqT, RespT> @Nullable AdmittedCall<ReqT> act(
      IncomingCall<ReqT, RespT> incoming, Supplier<Outcome> judged, boolean runByGrpc) {
    int changes = watch.changes();
    Outcome outcome = judged.get();
    return outcome instanceof Admission admission
        ? start(incoming.call(), incoming.headers(), incoming.next(), admission, changes, runByGrpc)
        : refuse(incoming, (Refusal) outcome);
  }

  /**
   * Starts the handler of an admitted call.
   *
   * @param changes {@link CallWatch#changes} before it was judged
   * @param runByGrpc whether gRPC is on the stack, and with that sees what the handler's start
   *     throws
   */
  private <ReqT, RespT> @Nullable AdmittedCall<ReqT> start(
      ServerCall<ReqT, RespT> call,
      Metadata headers,
      ServerCallHandler<ReqT, RespT> next,
      Admission admission,
      int changes,
      boolean runByGrpc) {
    AdmittedCall<ReqT> admitted = starter.start(call, headers, next, admission, changes, runByGrpc);
    if (access.isClosed() && admitted != null) {
      watch.endAsClosed(admitted);
    }
    return admitted;
  }

  /** Closes the call first: no sink or metric can then leave its client waiting. */
  <ReqT, RespT> @Nullable AdmittedCall<ReqT> refuse(
      IncomingCall<ReqT, RespT> incoming, Refusal refusal) {
    try {
      RefusalStatus.close(incoming.call(), refusal);
    } finally {
      access.records().refused(incoming, refusal);
    }
    return null;
  }

  /** Nothing could be decided about a call that was waiting, and it has been closed. */
  void failed(IncomingCall<?, ?> incoming, Throwable thrown) {
    access.records().defect(() -> incoming, thrown);
  }

  /**
   * Begins to find out who is at the other end of a connection that presented a credential itself:
   * see {@link PeerCredential}. Its calls then need not wait as long. Blocks nothing; throws
   * nothing.
   *
   * @param transport the connection's attributes, as its calls will have them
   */
  public void expect(Attributes transport) {
    supervisor.run(
        SupervisedTask.CALL_DECISION.label(), () -> access.expect(connections.of(transport)));
  }

  /**
   * A call as records name it, for a handler that refuses an admitted call after all: it closes the
   * call, and then tells {@link AccessControl#records}.
   */
  public CallRequest requestOf(ServerCall<?, ?> call) {
    return new AfterAdmission(methodOf(call), connections.of(call.getAttributes()));
  }

  /** A call whose headers may have been changed since: records are told of none. */
  private record AfterAdmission(CalledMethod method, ConnectionMemo connection)
      implements CallRequest {}

  /** What judges the calls; closed with the guard. */
  public AccessControl access() {
    return access;
  }

  /**
   * Closes that too when the guard is closed: what serves its server alone. Runs it once, and now
   * if the guard is closed already.
   */
  public void closeToo(Runnable close) {
    besides.add(requireNonNull(close, "close"));
    if (access.isClosed()) {
      closeBesides();
    }
  }

  private void closeBesides() {
    supervisor.runAll(SupervisedTask.CALL_DECISION.label(), besides);
  }

  private static <ReqT> ServerCall.Listener<ReqT> orNothing(
      ServerCall.@Nullable Listener<ReqT> listener) {
    return listener != null ? listener : new ClosedCall<>();
  }

  /** The listener of a call that is closed. A message may come all the same. */
  private static final class ClosedCall<ReqT> extends ServerCall.Listener<ReqT> {

    @Override
    public void onMessage(ReqT message) {
      AdmittedCall.discard(message);
    }
  }

  /** How many admitted calls have not had their last event. */
  int liveCalls() {
    return live.size();
  }

  /**
   * Stops the guard: calls that live are ended and later ones refused, both with {@code
   * UNAVAILABLE}, because nothing would end them when their credential lapses. Closes the
   * verifiers, the policy's source, the runtime and the audit log that it was built with. Waits for
   * the log alone, which may have records to write. A second call does nothing more.
   */
  @Override
  public void close() {
    access.refuseAll();
    supervisor.run(SupervisedTask.CALL_WATCH.label(), watch::close);
    closeBesides();
    access.close();
  }
}
