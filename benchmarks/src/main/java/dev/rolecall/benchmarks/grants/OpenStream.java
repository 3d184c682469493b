package dev.rolecall.benchmarks.grants;

import static java.util.Objects.requireNonNull;

import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;

/** One stream at its client. Tells its group when it is admitted, and how it ends. */
final class OpenStream extends ClientCall.Listener<byte[]> {

  private static final long NO_TICK = 0;

  private final StreamGroup group;
  private boolean admitted;
  private long sent = NO_TICK;
  private long received;

  OpenStream(StreamGroup group) {
    this.group = requireNonNull(group, "group");
  }

  @Override
  public void onHeaders(Metadata headers) {
    admitted = true;
    group.admitted();
  }

  @Override
  public void onMessage(byte[] message) {
    received = System.nanoTime();
    sent = HeldStreams.number(message);
  }

  @Override
  public void onClose(Status status, Metadata trailers) {
    long now = System.nanoTime();
    String reason = EndReason.of(status, trailers);
    if (!admitted) {
      group.refused(reason);
      return;
    }
    if (sent != NO_TICK) {
      group.lastTick(new Ended.Tick(sent, received));
    }
    group.ended(now, reason);
  }
}
