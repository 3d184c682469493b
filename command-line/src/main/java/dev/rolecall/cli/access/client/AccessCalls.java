package dev.rolecall.cli.access.client;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import java.time.Duration;
import java.util.Iterator;
import java.util.function.Supplier;

/** Calls of the access service, one at a time, made as the caller of the command. */
public final class AccessCalls {

  private final Channel channel;
  private final Supplier<CallOptions> options;
  private final Duration timeout;

  AccessCalls(Channel channel, Supplier<CallOptions> options, Duration timeout) {
    this.channel = channel;
    this.options = options;
    this.timeout = timeout;
  }

  /**
   * Makes one call and waits for its answer.
   *
   * @throws AccessCallException if it fails
   */
  public <Q, R> R send(MethodDescriptor<Q, R> method, Q request) {
    try {
      return ClientCalls.blockingUnaryCall(
          channel, method, options.get().withDeadlineAfter(timeout), request);
    } catch (StatusRuntimeException e) {
      throw new AccessCallException(method.getFullMethodName(), e);
    }
  }

  /**
   * Begins a call with many answers, which has no deadline. Cancelling the current context ends it.
   *
   * @return the answers; each step may block, and throws {@link AccessCallException} where the call
   *     fails
   */
  public <Q, R> Iterator<R> stream(MethodDescriptor<Q, R> method, Q request) {
    String name = method.getFullMethodName();
    Iterator<R> answers =
        ClientCalls.blockingServerStreamingCall(channel, method, options.get(), request);
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        try {
          return answers.hasNext();
        } catch (StatusRuntimeException e) {
          throw new AccessCallException(name, e);
        }
      }

      @Override
      public R next() {
        return answers.next();
      }
    };
  }
}
