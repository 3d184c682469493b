package dev.rolecall.proxy.relay;

import io.grpc.ClientStreamTracer;
import io.grpc.Metadata;

/**
 * The view of one call on the wire to its upstream. Knows whether the call's end is the upstream's
 * word: gRPC gives the same kind of status to what it makes up itself.
 */
final class UpstreamTrace extends ClientStreamTracer.Factory {

  private final String offered;
  private volatile boolean trailersCame;

  /**
   * A trace of a call that has not started.
   *
   * @param offered the encodings that the upstream may answer in, by {@link Encodings#offered}
   */
  UpstreamTrace(String offered) {
    this.offered = offered;
  }

  /** The encodings that the upstream may answer in. */
  String offered() {
    return offered;
  }

  /** Whether the upstream itself ended the call, with a status of its own. */
  boolean trailersCame() {
    return trailersCame;
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
    public void inboundTrailers(Metadata trailers) {
      trace.trailersCame = true;
    }
  }
}
