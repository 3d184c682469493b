package dev.rolecall.benchmarks.proxy;

/** A way to the service. */
enum Edge {
  RELAY("relay with guard and token"),

  /** The same process once more: how far apart the two are is the noise. */
  RELAY_AGAIN("relay, again"),

  /** Without any filter but its router. */
  ENVOY("Envoy alone"),

  /** The service itself. */
  DIRECT("no edge");

  private final String title;

  Edge(String title) {
    this.title = title;
  }

  /** For people. */
  String title() {
    return title;
  }

  /** Whether the caller has to prove itself there. */
  boolean isGuarded() {
    return this == RELAY || this == RELAY_AGAIN;
  }
}
