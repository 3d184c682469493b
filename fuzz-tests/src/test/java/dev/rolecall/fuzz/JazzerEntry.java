package dev.rolecall.fuzz;

import java.util.List;
import java.util.stream.Stream;

/** The entry that Jazzer calls by name, in the JVM that {@link GuidedRun} starts for it. */
public final class JazzerEntry {

  private static List<FuzzTarget> targets = List.of();

  private JazzerEntry() {}

  /** Chooses the targets by their names. */
  public static void fuzzerInitialize(String[] names) {
    targets = Stream.of(names).map(FuzzTarget::valueOf).toList();
  }

  /** Tries one input on each target. */
  public static void fuzzerTestOneInput(byte[] input) {
    for (FuzzTarget target : targets) {
      target.tryOn(input);
    }
  }
}
