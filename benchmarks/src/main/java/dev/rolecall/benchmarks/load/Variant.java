package dev.rolecall.benchmarks.load;

/** A way for a server to check its calls. Each has a server and a client process in a fleet. */
enum Variant {
  /** Not at all: neither interceptor nor credentials. */
  PLAIN("no check", ""),

  /** Not at all, a second time: how far apart two of the same are is the noise. */
  PLAIN_AGAIN("no check, again", "_again"),

  /** Rolecall as it comes. */
  ROLECALL("Rolecall", ""),

  /** Rolecall with a record and metrics for every call. */
  AUDITED("Rolecall, every call in audit and metrics", "_audited"),

  /** What one would write: a cache by the token's text. */
  BY_HAND("by hand: Caffeine by token", "_by_hand");

  private final String title;
  private final String suffix;

  Variant(String title, String suffix) {
    this.title = title;
    this.suffix = suffix;
  }

  /** For people. */
  String title() {
    return title;
  }

  /** What the names of its figures end in. */
  String suffix() {
    return suffix;
  }
}
