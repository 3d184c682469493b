package dev.rolecall.guard;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.grant.GrantedRight;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * A call that can be ended from outside its handler, while the handler is sending.
 *
 * <p>A {@code ServerCall} is not safe for use by several threads: a close that meets a send
 * corrupts the transport's buffers. Here a count of the handler's operations under way stands
 * between them. The end shuts the gate, so that no further operation gets through to the transport;
 * the close itself is left to the thread that sees the gate shut and the count at zero, which is
 * one thread and no other, and runs on the executor. There is no lock: nobody waits, so a handler
 * that holds a lock of its own while it sends cannot deadlock with the end.
 */
final class GuardedCall<ReqT, RespT> extends SimpleForwardingServerCall<ReqT, RespT> {

  private static final System.Logger LOG = System.getLogger("rolecall.guard");

  /** The gate's sign bit: shut. The other bits count the handler's operations under way. */
  private static final int SHUT = Integer.MIN_VALUE;

  @SuppressWarnings("rawtypes") // a field updater is made from a raw class
  private static final AtomicIntegerFieldUpdater<GuardedCall> GATE =
      AtomicIntegerFieldUpdater.newUpdater(GuardedCall.class, "gate");

  @SuppressWarnings("rawtypes") // likewise
  private static final AtomicReferenceFieldUpdater<GuardedCall, @Nullable ForcedEnd> ENDING =
      AtomicReferenceFieldUpdater.newUpdater(GuardedCall.class, ForcedEnd.class, "ending");

  /** What stood in the way when the gate was to be shut. */
  enum Shut {
    /** The call had an end before: this one does not hold. */
    BEFORE,
    /** The handler is at an operation, and closes the call when it leaves. */
    IN_USE,
    /** Nothing: {@link #finish} closes the call. */
    IDLE
  }

  private final CallEnds ends;

  /** The right that the call was admitted by, whose end the client is told; null without one. */
  private final @Nullable GrantedRight right;

  private volatile int gate;
  private volatile @Nullable ForcedEnd ending;
  private volatile boolean forced;

  /**
   * @param ends where the close runs; never a thread that must not run an application's callbacks,
   *     since a transport within the process makes them from there
   */
  GuardedCall(ServerCall<ReqT, RespT> call, CallEnds ends, @Nullable GrantedRight right) {
    super(call);
    this.ends = ends;
    this.right = right;
  }

  GuardedCall(ServerCall<ReqT, RespT> call, CallEnds ends) {
    this(call, ends, null);
  }

  /**
   * Ends the call, unless it has been ended before. From here on the handler's sends are dropped.
   * If the handler closes it at the same moment, whichever comes first holds.
   */
  void end(ForcedEnd why) {
    if (shut(why) == Shut.IDLE) {
      finish();
    }
  }

  /**
   * The first half of {@link #end}: from here on the handler's sends are dropped. Many calls are
   * all shut before the first of them is closed, which takes longer.
   */
  Shut shut(ForcedEnd why) {
    if (!ENDING.compareAndSet(this, null, why)) {
      return Shut.BEFORE;
    }
    return shut() ? Shut.IDLE : Shut.IN_USE;
  }

  /**
   * Gives the call up to gRPC, which closes it after an exception of the handler's, beside this
   * guard. False if the call has an end already: then the exception must not reach gRPC, whose
   * close would meet ours.
   */
  boolean giveUp() {
    if (ENDING.compareAndSet(this, null, ForcedEnd.BY_GRPC)) {
      var unused = shut();
      return true;
    }
    return requireNonNull(ending, "ending").closedByGrpc();
  }

  /** Whether the end has begun; the handler's operations are dropped. */
  boolean ended() {
    return gate < 0;
  }

  /** Whether the call was in fact closed by {@link #end}, and not by its handler just before. */
  boolean forced() {
    return forced;
  }

  /** What it was closed with by {@link #end}. */
  Status forcedStatus() {
    return requireNonNull(ending, "ending").status();
  }

  /** Whether no operation of the handler's is under way. */
  private boolean shut() {
    while (true) {
      int open = gate;
      if (GATE.compareAndSet(this, open, open | SHUT)) {
        return open == 0;
      }
    }
  }

  private boolean enter() {
    while (true) {
      int now = gate;
      if (now < 0) {
        return false;
      }
      if (GATE.compareAndSet(this, now, now + 1)) {
        return true;
      }
    }
  }

  private void leave() {
    if (GATE.decrementAndGet(this) == SHUT) {
      finish();
    }
  }

  /** Closes the call, on the executor: for the one that found it {@link Shut#IDLE}. */
  private void finish() {
    if (!requireNonNull(ending, "ending").closedByGrpc()) {
      // On this thread if need be: the end matters more than the thread it comes from.
      ends.begin(this::finishHere);
    }
  }

  /**
   * Closes a call that {@link #shut} found idle, on this thread, which is one of the executor's.
   */
  void finishHere() {
    ForcedEnd why = requireNonNull(ending, "ending");
    forced = true;
    try {
      super.close(why.status(), why.trailers().get());
    } catch (RuntimeException e) {
      // gRPC closes a call itself when a message cannot be written. The handler is told all the
      // same.
      LOG.log(Level.DEBUG, "a call was closed already when it was to be ended", e);
    } finally {
      ends.closed(why);
    }
  }

  @Override
  public void sendHeaders(Metadata headers) {
    if (enter()) {
      try {
        if (right != null) {
          tellEnd(right, headers);
        }
        super.sendHeaders(headers);
      } finally {
        leave();
      }
    }
  }

  private void tellEnd(GrantedRight held, Metadata headers) {
    try {
      GrantHeaders.writeEnd(held, headers);
    } catch (RuntimeException | Error e) {
      // The call goes on without: it ends at its time, told or not.
      ends.caught(e);
    }
  }

  @Override
  public void sendMessage(RespT message) {
    if (enter()) {
      try {
        super.sendMessage(message);
      } finally {
        leave();
      }
    }
  }

  /**
   * Counts as under way for ever after, unless it throws: there is nothing left for an end to do.
   */
  @Override
  public void close(Status status, Metadata trailers) {
    if (enter()) {
      boolean closed = false;
      try {
        super.close(status, trailers);
        closed = true;
      } finally {
        if (!closed) {
          leave();
        }
      }
    }
  }

  @Override
  public void setCompression(String compressor) {
    if (enter()) {
      try {
        super.setCompression(compressor);
      } finally {
        leave();
      }
    }
  }

  @Override
  public void setMessageCompression(boolean enabled) {
    if (enter()) {
      try {
        super.setMessageCompression(enabled);
      } finally {
        leave();
      }
    }
  }

  /** Not counted: gRPC lets any thread request at any time. */
  @Override
  public void request(int numMessages) {
    if (!ended()) {
      super.request(numMessages);
    }
  }

  @Override
  public boolean isReady() {
    return !ended() && super.isReady();
  }

  @Override
  public boolean isCancelled() {
    return forced || super.isCancelled();
  }
}
