package dev.rolecall.guard;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ServerCall;

/**
 * A call whose handler starts late. What the handler requests before the events have been handed
 * over is held back until then: so no message arrives early, and the handler's work on messages
 * runs on the server's own executor, not on the one that resumes calls.
 */
final class HeldRequestsCall<ReqT, RespT> extends SimpleForwardingServerCall<ReqT, RespT> {

  private long held;
  private boolean released;

  HeldRequestsCall(ServerCall<ReqT, RespT> call) {
    super(call);
  }

  @Override
  public void request(int numMessages) {
    synchronized (this) {
      if (!released) {
        held += numMessages;
        return;
      }
    }
    super.request(numMessages);
  }

  /** Passes on what was held back, and from now on everything. */
  void release() {
    long messages;
    synchronized (this) {
      released = true;
      messages = held;
      held = 0;
    }
    if (messages > 0) {
      super.request((int) Math.min(messages, Integer.MAX_VALUE));
    }
  }
}
