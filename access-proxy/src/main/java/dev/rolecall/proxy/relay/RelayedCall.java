package dev.rolecall.proxy.relay;

import static java.util.Objects.requireNonNull;

import io.grpc.ClientCall;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A call from a client, and the one to the upstream that it is passed on to.
 *
 * <p>Each side asks for one message at a time. Once that has been handed on, the next is asked for
 * if the other side takes more, else when it says so: so a slow reader holds back the writer, and
 * little more than a message a direction waits here. A deadline or a cancellation comes by the
 * context in which the upstream's call was made.
 *
 * <p>As a rule one event loop runs all events of both sides. A call that waited for its verdict
 * starts on another thread, so one lock, which nearly always is free, guards the pair.
 */
final class RelayedCall extends ServerCall.Listener<RelayedMessage> {

  private final ServerCall<RelayedMessage, RelayedMessage> client;
  private final ClientCall<RelayedMessage, RelayedMessage> upstream;
  private final Set<RelayedCall> live;
  private final CallTrace trace;
  private boolean clientWaits;
  private boolean upstreamWaits;
  private boolean compressesToUpstream = true;
  private boolean compressesToClient = true;
  private boolean over;

  /**
   * A call that has not been started.
   *
   * @param live has it from its start to its end
   */
  RelayedCall(
      ServerCall<RelayedMessage, RelayedMessage> client,
      ClientCall<RelayedMessage, RelayedMessage> upstream,
      Set<RelayedCall> live,
      CallTrace trace) {
    this.client = requireNonNull(client, "client");
    this.upstream = requireNonNull(upstream, "upstream");
    this.live = requireNonNull(live, "live");
    this.trace = requireNonNull(trace, "trace");
  }

  /**
   * Starts the upstream's call.
   *
   * @param headers those to send
   * @param wire the trace that the upstream's call was made with
   */
  synchronized void start(Metadata headers, UpstreamTrace wire) {
    live.add(this);
    trace.upstreamBegins();
    try {
      upstream.start(new Answers(wire), headers);
      client.request(1);
      upstream.request(1);
    } catch (RuntimeException | Error e) {
      // The client is told by the one who catches it.
      var unused = finish();
      upstream.cancel("the relay failed", e);
      throw e;
    }
  }

  @Override
  public synchronized void onMessage(RelayedMessage message) {
    if (over) {
      return;
    }
    if (message.isCompressed() != compressesToUpstream) {
      compressesToUpstream = message.isCompressed();
      upstream.setMessageCompression(compressesToUpstream);
    }
    upstream.sendMessage(message);
    clientWaits = !upstream.isReady();
    if (!clientWaits) {
      client.request(1);
    }
  }

  @Override
  public synchronized void onHalfClose() {
    if (!over) {
      upstream.halfClose();
    }
  }

  @Override
  public synchronized void onReady() {
    if (upstreamWaits && !over) {
      upstreamWaits = false;
      upstream.request(1);
    }
  }

  @Override
  public synchronized void onCancel() {
    if (finish()) {
      upstream.cancel("the client ended the call", null);
    }
  }

  /** Ends the call from outside, with that status. */
  synchronized void end(Status status) {
    if (finish()) {
      client.close(status, new Metadata());
      upstream.cancel("the relay ended the call", null);
    }
  }

  /** False if the call was over before. */
  private boolean finish() {
    if (over) {
      return false;
    }
    over = true;
    live.remove(this);
    trace.upstreamEnds();
    return true;
  }

  /** The answers of the upstream. */
  private final class Answers extends ClientCall.Listener<RelayedMessage> {

    private final UpstreamTrace wire;

    Answers(UpstreamTrace wire) {
      this.wire = wire;
    }

    @Override
    public void onHeaders(Metadata headers) {
      synchronized (RelayedCall.this) {
        if (over) {
          return;
        }
        @Nullable String encoding = headers.get(Encodings.ENCODING);
        if (encoding != null && Encodings.compresses(encoding)) {
          if (!Encodings.isIn(wire.offered(), encoding)) {
            // gRPC would send the bytes as if they were plain.
            end(OwnStatus.WRONG_ENCODING);
            return;
          }
          client.setCompression(encoding);
        }
        client.sendHeaders(headers);
      }
    }

    @Override
    public void onMessage(RelayedMessage message) {
      synchronized (RelayedCall.this) {
        if (over) {
          return;
        }
        if (message.isCompressed() != compressesToClient) {
          compressesToClient = message.isCompressed();
          client.setMessageCompression(compressesToClient);
        }
        client.sendMessage(message);
        upstreamWaits = !client.isReady();
        if (!upstreamWaits) {
          upstream.request(1);
        }
      }
    }

    @Override
    public void onReady() {
      synchronized (RelayedCall.this) {
        if (clientWaits && !over) {
          clientWaits = false;
          client.request(1);
        }
      }
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      if (!wire.trailersCame() && Context.current().isCancelled()) {
        // Cancelled from the client's side, by the deadline or by the guard: each of them says why,
        // and must not be forestalled. The client's last event is still to come.
        return;
      }
      synchronized (RelayedCall.this) {
        if (finish()) {
          if (wire.refusesTheRelay(status, trailers)) {
            client.close(OwnStatus.NOT_BELIEVED, new Metadata());
          } else if (wire.trailersCame()) {
            client.close(status, trailers);
          } else {
            client.close(OwnStatus.of(status), new Metadata());
          }
        }
      }
    }
  }
}
