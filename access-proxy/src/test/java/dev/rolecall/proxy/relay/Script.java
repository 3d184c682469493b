package dev.rolecall.proxy.relay;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * The way in which an upstream answers a call.
 *
 * @param started runs before any message is asked for
 * @param message runs for each message
 * @param halfClosed runs when the client has sent all
 * @param ready runs when more may be sent
 * @param asks the number of messages that are asked for at the start
 */
record Script(
    Consumer<ServerCall<byte[], byte[]>> started,
    BiConsumer<ServerCall<byte[], byte[]>, byte[]> message,
    Consumer<ServerCall<byte[], byte[]>> halfClosed,
    Consumer<ServerCall<byte[], byte[]>> ready,
    int asks) {

  static Script silent() {
    return new Script(call -> {}, (call, message) -> {}, call -> {}, call -> {}, Integer.MAX_VALUE);
  }

  /** Answers with the same, and ends when the client does. */
  static Script echo() {
    return onMessage(ServerCall<byte[], byte[]>::sendMessage)
        .firstAtStart(call -> call.sendHeaders(new Metadata()))
        .thenAtHalfClose(call -> call.close(Status.OK, new Metadata()));
  }

  static Script atStart(Consumer<ServerCall<byte[], byte[]>> action) {
    return silent().firstAtStart(action);
  }

  static Script atHalfClose(Consumer<ServerCall<byte[], byte[]>> action) {
    return silent().thenAtHalfClose(action);
  }

  static Script onMessage(BiConsumer<ServerCall<byte[], byte[]>, byte[]> action) {
    return new Script(call -> {}, action, call -> {}, call -> {}, Integer.MAX_VALUE);
  }

  Script thenAtHalfClose(Consumer<ServerCall<byte[], byte[]>> action) {
    return new Script(started, message, action, ready, asks);
  }

  Script firstAtStart(Consumer<ServerCall<byte[], byte[]>> action) {
    return new Script(action, message, halfClosed, ready, asks);
  }

  Script whenReady(Consumer<ServerCall<byte[], byte[]>> action) {
    return new Script(started, message, halfClosed, action, asks);
  }

  /** Asks for no message. */
  Script asking(int messages) {
    return new Script(started, message, halfClosed, ready, messages);
  }
}
