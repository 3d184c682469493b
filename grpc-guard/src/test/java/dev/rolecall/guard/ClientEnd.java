package dev.rolecall.guard;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A client's call, and what came of it. Every wait has a limit. */
final class ClientEnd extends ClientCall.Listener<String> {

  final ClientCall<String, String> call;
  final List<String> received = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Throwable> closed = new CompletableFuture<>();
  private final CompletableFuture<Metadata> headers = new CompletableFuture<>();
  private final CompletableFuture<String> first = new CompletableFuture<>();

  private ClientEnd(ClientCall<String, String> call) {
    this.call = call;
  }

  static ClientEnd start(Channel channel, MethodDescriptor<String, String> method) {
    return start(channel, method, CallOptions.DEFAULT);
  }

  static ClientEnd start(
      Channel channel, MethodDescriptor<String, String> method, CallOptions options) {
    ClientEnd end = new ClientEnd(channel.newCall(method, options));
    end.call.start(end, new Metadata());
    end.call.request(Integer.MAX_VALUE);
    return end;
  }

  ClientEnd send(String... messages) {
    for (String each : messages) {
      call.sendMessage(each);
    }
    return this;
  }

  ClientEnd halfClose() {
    call.halfClose();
    return this;
  }

  void cancel() {
    call.cancel("the test cancels", null);
  }

  /** Waits for the first message. */
  String first() {
    return first.orTimeout(2, TimeUnit.MINUTES).join();
  }

  /** Waits for the end: its status and trailers. */
  Throwable end() {
    return closed.orTimeout(2, TimeUnit.MINUTES).join();
  }

  /** Waits for the end: whether it came within that time. */
  boolean endsWithin(Duration limit) {
    try {
      closed.get(limit.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  Status.Code code() {
    return Status.fromThrowable(end()).getCode();
  }

  boolean isOver() {
    return closed.isDone();
  }

  /** Waits for the headers of the answer. */
  Metadata headers() {
    return headers.orTimeout(2, TimeUnit.MINUTES).join();
  }

  @Override
  public void onHeaders(Metadata answered) {
    headers.complete(answered);
  }

  @Override
  public void onMessage(String message) {
    received.add(message);
    first.complete(message);
  }

  @Override
  public void onClose(Status status, Metadata trailers) {
    closed.complete(status.asRuntimeException(trailers));
    first.completeExceptionally(status.asRuntimeException(trailers));
  }
}
