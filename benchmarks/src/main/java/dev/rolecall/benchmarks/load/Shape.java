package dev.rolecall.benchmarks.load;

import dev.rolecall.benchmarks.fleet.Echo;
import io.grpc.MethodDescriptor;

/** The kind of calls, and their number at a time. */
enum Shape {
  UNARY_MANY("unary, 64 in flight", "", 64, 1),
  UNARY_ONE("unary, one at a time", "_one_at_a_time", 1, 1),
  STREAM_MANY("streams of 100 messages, 64 in flight", "_streams", 64, 100),
  STREAM_ONE("streams of 100 messages, one at a time", "_streams_one_at_a_time", 1, 100);

  private final String title;
  private final String suffix;
  private final int inFlight;
  private final int messages;

  Shape(String title, String suffix, int inFlight, int messages) {
    this.title = title;
    this.suffix = suffix;
    this.inFlight = inFlight;
    this.messages = messages;
  }

  /** For people. */
  String title() {
    return title;
  }

  /** What the names of its figures end in. */
  String suffix() {
    return suffix;
  }

  MethodDescriptor<byte[], byte[]> method() {
    return messages == 1 ? Echo.SAY : Echo.CHAT;
  }

  /** How many calls are under way at once, on one connection. */
  int inFlight() {
    return inFlight;
  }

  /** How many messages go each way in one call. */
  int messages() {
    return messages;
  }
}
