package dev.rolecall.proxy.relay;

import io.grpc.ServerCall;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * The way in which an upstream answers a call.
 *
 * @param started runs before any message is asked for
 * @param message runs for each message
 * @param halfClosed runs when the client has sent all
 */
record Script(
    Consumer<ServerCall<byte[], byte[]>> started,
    BiConsumer<ServerCall<byte[], byte[]>, byte[]> message,
    Consumer<ServerCall<byte[], byte[]>> halfClosed) {

  static Script silent() {
    return new Script(call -> {}, (call, message) -> {}, call -> {});
  }

  static Script atStart(Consumer<ServerCall<byte[], byte[]>> action) {
    return new Script(action, (call, message) -> {}, call -> {});
  }

  static Script atHalfClose(Consumer<ServerCall<byte[], byte[]>> action) {
    return new Script(call -> {}, (call, message) -> {}, action);
  }

  static Script onMessage(BiConsumer<ServerCall<byte[], byte[]>, byte[]> action) {
    return new Script(call -> {}, action, call -> {});
  }

  Script thenAtHalfClose(Consumer<ServerCall<byte[], byte[]>> action) {
    return new Script(started, message, action);
  }

  Script firstAtStart(Consumer<ServerCall<byte[], byte[]>> action) {
    return new Script(action, message, halfClosed);
  }
}
