package dev.rolecall.guard;

import dev.rolecall.access.Admission;
import dev.rolecall.access.Refusal;
import dev.rolecall.guard.internal.status.RefusalStatus;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.policy.AccessPolicy;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An admitted call, from its handler's start to its last event: the listener that stands before the
 * handler's, and the entry that {@link LiveCalls} keeps.
 *
 * <p>Attaches the caller's context around every event. After a forced end it delivers nothing but
 * {@code onCancel}: the handler did not complete, whatever the transport reports.
 */
final class AdmittedCall<ReqT> extends ServerCall.Listener<ReqT> {

  private static final System.Logger LOG = System.getLogger("rolecall.guard");

  private static final ServerCall.Listener<Object> NOT_STARTED = new ServerCall.Listener<>() {};

  private final GuardedCall<ReqT, ?> call;
  private ServerCall.Listener<ReqT> handler = notStarted();
  private final Context.CancellableContext context;

  /** The terms it goes on by: the watch takes others for them where the policy has changed. */
  private Admission admission;

  private final LiveCalls live;

  /** Whether gRPC runs the events, and with that sees what they throw. */
  private volatile boolean runByGrpc;

  /** The policy that the watch last found to allow this call. Only the watch touches it. */
  @Nullable AccessPolicy allowedBy;

  /**
   * Whether a record says already that this call goes on without leave. Only the watch touches it.
   */
  boolean keptInstead;

  /** The registry's own: its place there, or -1. */
  int place = -1;

  AdmittedCall(
      GuardedCall<ReqT, ?> call,
      Context.CancellableContext context,
      Admission admission,
      LiveCalls live,
      boolean runByGrpc) {
    this.call = call;
    this.context = context;
    this.admission = admission;
    this.live = live;
    this.runByGrpc = runByGrpc;
    this.keptInstead = admission.insteadOfRefusal();
  }

  @SuppressWarnings("unchecked") // it takes messages of any type, and does nothing with them
  private static <T> ServerCall.Listener<T> notStarted() {
    return (ServerCall.Listener<T>) NOT_STARTED;
  }

  /** The handler has started: its listener, before the first event. */
  void started(ServerCall.Listener<ReqT> listener) {
    handler = listener;
  }

  /** Whether an end has begun, from either side. */
  boolean ended() {
    return call.ended();
  }

  /** Who calls, which method, until when. */
  Admission admission() {
    return admission;
  }

  /** Goes on by those terms. Only the watch calls this. */
  void goOnBy(Admission terms) {
    admission = terms;
  }

  /** From here on gRPC runs the events. */
  void handedOver() {
    runByGrpc = true;
  }

  /**
   * Ends the call, on the executor. The handler learns of it by its context and its listener.
   *
   * @param recorded writes the end down, if it is this that ends the call
   */
  void end(Refusal refusal, Runnable recorded) {
    call.end(forced(refusal.reason(), () -> refusal, recorded));
  }

  /** The first half of {@link #end}: nothing more reaches the client. No refusal is made yet. */
  GuardedCall.Shut shut(Refusal.Unmade refusal, Runnable recorded) {
    return call.shut(forced(refusal.reason(), refusal::made, recorded));
  }

  /** The other half, if the first found the call idle. On a thread that closes calls. */
  void finishHere() {
    call.finishHere();
  }

  private ForcedEnd forced(RefusalReason reason, Supplier<Refusal> refusal, Runnable recorded) {
    return new ForcedEnd(
        RefusalStatus.status(reason),
        () -> RefusalStatus.trailers(refusal.get()),
        this::cancelContext,
        recorded,
        false);
  }

  /** Ends the call because the guard failed while it was handed over. */
  void endAfterDefect() {
    call.end(
        new ForcedEnd(RefusalStatus.DEFECT, new Metadata(), this::cancelContext, () -> {}, false));
  }

  @Override
  public void onMessage(ReqT message) {
    if (call.ended()) {
      discard(message);
      return;
    }
    Context outer = context.attach();
    try {
      handler.onMessage(message);
    } catch (RuntimeException | Error e) {
      if (mayPass(e)) {
        throw e;
      }
    } finally {
      context.detach(outer);
    }
  }

  @Override
  public void onHalfClose() {
    if (!call.ended()) {
      deliver(handler::onHalfClose);
    }
  }

  @Override
  public void onReady() {
    if (!call.ended()) {
      deliver(handler::onReady);
    }
  }

  @Override
  public void onCancel() {
    live.remove(this);
    deliverLast(handler::onCancel);
  }

  @Override
  public void onComplete() {
    live.remove(this);
    if (call.forced()) {
      // The transport has completed: it has sent the end that we gave it. gRPC will now cancel the
      // outer context, and for no reason.
      cancelContext();
      deliverLast(handler::onCancel);
    } else {
      deliverLast(handler::onComplete);
    }
  }

  /** The first time counts, whether it is the end's thread or the last event's. */
  private void cancelContext() {
    context.cancel(call.forcedStatus().asRuntimeException());
  }

  /**
   * Lets go of the timer of the context's deadline, which would keep the call in memory until then.
   * gRPC cancels the context around it, of which a context hears only if it has listeners.
   */
  void release() {
    if (context.getDeadline() != null && !context.isCancelled()) {
      context.cancel(null);
    }
  }

  private void deliver(Runnable event) {
    Context outer = context.attach();
    try {
      event.run();
    } catch (RuntimeException | Error e) {
      if (mayPass(e)) {
        throw e;
      }
    } finally {
      context.detach(outer);
    }
  }

  /** After the last event gRPC closes nothing, whatever the handler throws: it may see it. */
  private void deliverLast(Runnable event) {
    Context outer = context.attach();
    try {
      event.run();
    } catch (RuntimeException | Error e) {
      if (runByGrpc) {
        throw e;
      }
      // The guard would take it for a defect of its hand-over.
      LOG.log(Level.WARNING, "a handler failed at the end of its call", e);
    } finally {
      context.detach(outer);
      release();
    }
  }

  /**
   * An exception of the handler's makes gRPC close the stream below this guard, where that close
   * could meet a forced one. So it may pass only if no end has begun, and begins one itself.
   */
  private boolean mayPass(Throwable thrown) {
    if (!runByGrpc) {
      LOG.log(Level.WARNING, "a handler failed; its call is closed", thrown);
      call.end(ForcedEnd.byHandler(thrown));
      return false;
    }
    if (call.giveUp()) {
      return true;
    }
    LOG.log(Level.DEBUG, "a handler failed after its call was ended", thrown);
    return false;
  }

  /** Messages of a proxy are open streams that hold a transport's buffers. */
  static void discard(@Nullable Object message) {
    if (message instanceof Closeable stream) {
      try {
        stream.close();
      } catch (IOException e) {
        LOG.log(Level.DEBUG, "a dropped message could not be closed", e);
      }
    }
  }
}
