package dev.rolecall.benchmarks.proxy;

/** A server of Envoy's external authorization. */
enum Checking {
  ROLECALL("Rolecall's checker"),

  /** The same process once more: how far apart the two are is the noise. */
  ROLECALL_AGAIN("Rolecall's checker, again"),

  /** Reads the request, and allows it. */
  TRIVIAL("Java, allows all"),

  /** Evaluates a policy of one line. */
  OPA("Go with OPA embedded");

  private final String title;

  Checking(String title) {
    this.title = title;
  }

  /** For people. */
  String title() {
    return title;
  }
}
