package dev.rolecall.benchmarks.compare;

import java.util.List;

/** The options of the JVMs, which the servers that are compared have in common. */
public final class Jvm {

  /** A heap of one size, and the collector that the checker and the relay are recommended with. */
  public static final List<String> SMALL =
      List.of("-Xms256m", "-Xmx256m", "-XX:+UseSerialGC", "-XX:-UseDynamicNumberOfCompilerThreads");

  private Jvm() {}
}
