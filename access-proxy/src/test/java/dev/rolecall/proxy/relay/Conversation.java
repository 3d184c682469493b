package dev.rolecall.proxy.relay;

import static java.util.Objects.requireNonNull;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientStreamTracer;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** One call as its client saw it. */
final class Conversation extends ClientCall.Listener<byte[]> {

  private final ClientCall<byte[], byte[]> call;
  private final List<String> events = Collections.synchronizedList(new ArrayList<>());
  private final List<String> flags = Collections.synchronizedList(new ArrayList<>());
  private final Semaphore messages = new Semaphore(0);
  private final CompletableFuture<Metadata> headers = new CompletableFuture<>();
  private final CompletableFuture<Status> end = new CompletableFuture<>();
  private volatile Metadata trailers = new Metadata();

  private Conversation(Channel channel, String method, CallOptions options) {
    this.call = channel.newCall(Bytes.method(method), options.withStreamTracerFactory(new Flags()));
  }

  /** Starts a call, and asks for all answers. */
  static Conversation start(Channel channel, String method, CallOptions options, Metadata headers) {
    Conversation it = asking(channel, method, options, headers);
    it.call.request(Integer.MAX_VALUE);
    return it;
  }

  /** Starts a call, and asks for no answer. */
  static Conversation asking(
      Channel channel, String method, CallOptions options, Metadata headers) {
    Conversation it = new Conversation(channel, method, options);
    it.call.start(it, headers);
    return it;
  }

  ClientCall<byte[], byte[]> call() {
    return call;
  }

  /** Sends a message, compressed if the call has an encoding. */
  Conversation send(byte[] message) {
    call.sendMessage(message);
    return this;
  }

  Conversation send(byte[] message, boolean compressed) {
    call.setMessageCompression(compressed);
    return send(message);
  }

  Conversation halfClose() {
    call.halfClose();
    return this;
  }

  /** Waits for that many messages more. */
  Conversation awaitMessages(int count) {
    try {
      if (!messages.tryAcquire(count, 20, TimeUnit.SECONDS)) {
        throw new AssertionError("no answer came: " + events);
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return this;
  }

  Metadata awaitHeaders() {
    return ScriptedUpstream.Awaited.of(headers);
  }

  Status awaitEnd() {
    return ScriptedUpstream.Awaited.of(end);
  }

  boolean hasEnded() {
    return end.isDone();
  }

  Metadata trailers() {
    return trailers;
  }

  List<String> events() {
    return List.copyOf(events);
  }

  /** Which messages came compressed. */
  List<String> flags() {
    return List.copyOf(flags);
  }

  @Override
  public void onHeaders(Metadata received) {
    events.add("headers " + ScriptedUpstream.Seen.texts(received));
    headers.complete(received);
  }

  @Override
  public void onMessage(byte[] message) {
    events.add("message " + Bytes.text(message));
    messages.release();
  }

  @Override
  public void onClose(Status status, Metadata received) {
    trailers = received;
    events.add(
        "close %s %s %s"
            .formatted(
                status.getCode(),
                status.getDescription(),
                ScriptedUpstream.Seen.texts(requireNonNull(received))));
    end.complete(status);
  }

  private final class Flags extends ClientStreamTracer.Factory {

    @Override
    public ClientStreamTracer newClientStreamTracer(
        ClientStreamTracer.StreamInfo info, Metadata metadata) {
      return new ClientStreamTracer() {
        @Override
        public void inboundMessageRead(int number, long wire, long uncompressed) {
          flags.add("wire " + number + (uncompressed < 0 ? " compressed" : " plain"));
        }
      };
    }
  }
}
