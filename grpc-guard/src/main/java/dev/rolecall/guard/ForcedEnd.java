package dev.rolecall.guard;

import io.grpc.Metadata;
import io.grpc.Status;
import java.util.function.Supplier;

/**
 * The end of a call from outside its handler.
 *
 * @param status what the peer is told
 * @param trailers makes its details, once the call is closed; used once
 * @param told runs once the call has been closed, and not at all if the handler closed it first;
 *     tells the handler, and with that runs application code
 * @param recorded runs after the close likewise; writes the end down
 * @param closedByGrpc whether gRPC closes the call itself, and this end only shuts the gate
 */
record ForcedEnd(
    Status status,
    Supplier<Metadata> trailers,
    Runnable told,
    Runnable recorded,
    boolean closedByGrpc) {

  /** An end whose details are made already. */
  ForcedEnd(
      Status status, Metadata trailers, Runnable told, Runnable recorded, boolean closedByGrpc) {
    this(status, () -> trailers, told, recorded, closedByGrpc);
  }

  /** The end of a call that gRPC closes itself. */
  static final ForcedEnd BY_GRPC =
      new ForcedEnd(Status.UNKNOWN, new Metadata(), () -> {}, () -> {}, true);

  /**
   * The end of a call whose handler threw where gRPC does not see it: what gRPC would have said.
   */
  static ForcedEnd byHandler(Throwable thrown) {
    Metadata trailers = Status.trailersFromThrowable(thrown);
    return new ForcedEnd(
        Status.UNKNOWN.withDescription("Application error processing RPC").withCause(thrown),
        trailers == null ? new Metadata() : trailers,
        () -> {},
        () -> {},
        false);
  }
}
