package dev.rolecall.benchmarks.proxy;

/** A kind of unary calls through an edge. */
enum Traffic {
  SMALL("64 bytes, 64 calls under way on 8 connections", 8, 64, 64),
  LONE("64 bytes, one call at a time", 1, 1, 64),
  LARGE("64 KiB each way, 8 calls under way on 4 connections", 4, 8, 64 * 1_024);

  private final String title;
  private final int connections;
  private final int inFlight;
  private final int bytes;

  Traffic(String title, int connections, int inFlight, int bytes) {
    this.title = title;
    this.connections = connections;
    this.inFlight = inFlight;
    this.bytes = bytes;
  }

  /** For people. */
  String title() {
    return title;
  }

  int connections() {
    return connections;
  }

  int inFlight() {
    return inFlight;
  }

  /** The size of each message. */
  int bytes() {
    return bytes;
  }
}
