package dev.rolecall.guard;

import dev.rolecall.access.Outcome;
import dev.rolecall.guard.internal.status.RefusalStatus;
import io.grpc.Context;
import io.grpc.ServerCall;
import java.util.ArrayDeque;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The listener of a call that waits for a verdict, without a thread. Events that come meanwhile
 * wait too; then they are delivered in order, and after the last of them later ones go straight
 * through.
 *
 * <p>gRPC delivers events one at a time, but the verdict comes from another thread. The lock guards
 * the state and the queue and is never held while a call or a listener is called.
 */
final class SuspendedCall<ReqT, RespT> extends ServerCall.Listener<ReqT> {

  /** The continuation of the call once there is a verdict. */
  interface Resumption<ReqT, RespT> {
    /** Starts the call and returns it; null if it was refused instead, and is closed. */
    @Nullable AdmittedCall<ReqT> resume(ServerCall<ReqT, RespT> call, Supplier<Outcome> outcome);

    /**
     * Closes a call that could not be resumed or handed over, since something threw. Throws
     * nothing.
     *
     * @param started null if it was not
     */
    default void failed(
        ServerCall<ReqT, RespT> call, @Nullable AdmittedCall<ReqT> started, Throwable thrown) {
      if (started != null) {
        started.endAfterDefect();
      } else {
        RefusalStatus.closeAfterDefect(call);
      }
    }
  }

  private interface Event<ReqT> {
    void deliverTo(ServerCall.Listener<ReqT> listener);
  }

  private record Message<ReqT>(ReqT message) implements Event<ReqT> {
    @Override
    public void deliverTo(ServerCall.Listener<ReqT> listener) {
      listener.onMessage(message);
    }
  }

  /**
   * The wait of a call for its verdict.
   *
   * @param resumption the continuation, once there is a verdict
   * @param leave called when the call is over before that
   */
  private record Wait<ReqT, RespT>(Resumption<ReqT, RespT> resumption, Runnable leave) {}

  private enum State {
    WAITING,
    RESUMING,
    OVER
  }

  private final Context context = Context.current();
  private final HeldRequestsCall<ReqT, RespT> call;

  private final Object lock = new Object();
  private final ArrayDeque<Event<ReqT>> early = new ArrayDeque<>(2);
  private State state = State.WAITING;

  /**
   * Null once the wait is over: a look-up that outlives a cancelled call must not hold the call,
   * nor a stream that lives on the headers and the credential that it came with.
   */
  private @Nullable Wait<ReqT, RespT> wait;

  /** Set once every early event has been delivered. */
  private volatile @Nullable AdmittedCall<ReqT> admitted;

  /**
   * Keeps the current context, to attach it again when the call is resumed.
   *
   * @param leave called when the call is over before there is a verdict
   */
  SuspendedCall(ServerCall<ReqT, RespT> call, Resumption<ReqT, RespT> resumption, Runnable leave) {
    this.call = new HeldRequestsCall<>(call);
    this.wait = new Wait<>(resumption, leave);
  }

  /**
   * Ends the wait; does nothing if the call was cancelled first. Runs the handler's start.
   *
   * @param outcome asked for if the call still waits
   */
  void resume(Supplier<Outcome> outcome) {
    Wait<ReqT, RespT> over = stopWaiting(State.RESUMING);
    if (over == null) {
      return;
    }
    Resumption<ReqT, RespT> last = over.resumption();
    Context outer = context.attach();
    AdmittedCall<ReqT> started = null;
    try {
      started = call.isCancelled() ? null : last.resume(call, outcome);
      if (started == null) {
        drop();
      } else {
        drainTo(started);
        call.release();
      }
    } catch (RuntimeException | Error e) {
      // No gRPC on this thread, to see it and close the call: its client would wait for ever.
      abandon(last, started, e);
    } finally {
      context.detach(outer);
    }
  }

  private void abandon(
      Resumption<ReqT, RespT> last, @Nullable AdmittedCall<ReqT> started, Throwable thrown) {
    last.failed(call, started, thrown);
    if (started == null) {
      drop();
    } else {
      // The events go to it all the same: the last of them takes it out of the live calls.
      drainTo(started);
    }
  }

  /** What was to happen after the wait; null if the wait is over already. */
  private @Nullable Wait<ReqT, RespT> stopWaiting(State next) {
    synchronized (lock) {
      Wait<ReqT, RespT> last = wait;
      if (last != null) {
        state = next;
        wait = null;
      }
      return last;
    }
  }

  private void drainTo(AdmittedCall<ReqT> started) {
    while (true) {
      Event<ReqT> event;
      synchronized (lock) {
        event = early.poll();
        if (event == null) {
          started.handedOver();
          admitted = started;
          return;
        }
      }
      event.deliverTo(started);
    }
  }

  private void drop() {
    Event<ReqT> event;
    do {
      synchronized (lock) {
        state = State.OVER;
        event = early.poll();
      }
      if (event instanceof Message<ReqT> dropped) {
        AdmittedCall.discard(dropped.message());
      }
    } while (event != null);
  }

  /** The call goes on at once, or its event waits, or it is over. */
  private void pass(Event<ReqT> event) {
    AdmittedCall<ReqT> through = admitted;
    if (through == null) {
      synchronized (lock) {
        if (state == State.OVER) {
          through = null;
        } else if (admitted == null) {
          early.add(event);
          return;
        } else {
          through = admitted;
        }
      }
    }
    if (through != null) {
      event.deliverTo(through);
    } else if (event instanceof Message<ReqT> dropped) {
      AdmittedCall.discard(dropped.message());
    }
  }

  @Override
  public void onMessage(ReqT message) {
    AdmittedCall<ReqT> through = admitted;
    if (through != null) {
      through.onMessage(message);
    } else {
      pass(new Message<>(message));
    }
  }

  @Override
  public void onHalfClose() {
    pass(ServerCall.Listener::onHalfClose);
  }

  @Override
  public void onReady() {
    pass(ServerCall.Listener::onReady);
  }

  @Override
  public void onCancel() {
    end(ServerCall.Listener::onCancel);
  }

  @Override
  public void onComplete() {
    end(ServerCall.Listener::onComplete);
  }

  /** The call is over: with its last event, unless it still waits. */
  private void end(Event<ReqT> last) {
    Wait<ReqT, RespT> over = stopWaiting(State.OVER);
    if (over != null) {
      drop();
      over.leave().run();
    } else {
      pass(last);
    }
  }
}
