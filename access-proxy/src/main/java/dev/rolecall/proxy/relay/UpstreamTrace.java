package dev.rolecall.proxy.relay;

import dev.rolecall.guard.internal.status.RefusalStatus;
import io.grpc.ClientStreamTracer;
import io.grpc.Metadata;
import io.grpc.Status;

/**
 * The view of one call on the wire to its upstream. Knows whether the call's end is the upstream's
 * word: gRPC gives the same kind of status to what it makes up itself.
 */
final class UpstreamTrace extends ClientStreamTracer.Factory {

  private final String offered;
  private final boolean isVouchedFor;
  private volatile boolean headersCame;
  private volatile boolean trailersCame;

  /**
   * A trace of a call that has not started.
   *
   * @param offered the encodings that the upstream may answer in, by {@link Encodings#offered}
   * @param isVouchedFor whether the relay says who calls, and the client's credential stays here
   */
  UpstreamTrace(String offered, boolean isVouchedFor) {
    this.offered = offered;
    this.isVouchedFor = isVouchedFor;
  }

  /** The encodings that the upstream may answer in. */
  String offered() {
    return offered;
  }

  /** Whether the upstream itself ended the call, with a status of its own. */
  boolean trailersCame() {
    return trailersCame;
  }

  /**
   * Whether the upstream's guard ended the call because it did not believe the relay: its proof, or
   * what it says of the caller. The guard refuses before any handler can answer with headers; a
   * service that ends a call later, or by a reason of its own, speaks of the caller.
   */
  boolean refusesTheRelay(Status end, Metadata trailers) {
    return isVouchedFor
        && !headersCame
        && end.getCode() == Status.Code.UNAUTHENTICATED
        && RefusalStatus.isOfGuard(trailers);
  }

  /** The headers are those that go out; gRPC has put the channel's encodings there. */
  @Override
  public ClientStreamTracer newClientStreamTracer(
      ClientStreamTracer.StreamInfo info, Metadata headers) {
    if (!offered.equals(Encodings.GZIP)) {
      headers.discardAll(Encodings.ACCEPT_ENCODING);
      if (!offered.isEmpty()) {
        headers.put(Encodings.ACCEPT_ENCODING, offered);
      }
    }
    return new Wire(this);
  }

  private static final class Wire extends ClientStreamTracer {

    private final UpstreamTrace trace;

    Wire(UpstreamTrace trace) {
      this.trace = trace;
    }

    @Override
    public void inboundHeaders() {
      trace.headersCame = true;
    }

    @Override
    public void inboundTrailers(Metadata trailers) {
      trace.trailersCame = true;
    }
  }
}
