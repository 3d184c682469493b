package dev.rolecall.benchmarks.pace;

import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Filters what libraries write to the terminal of this process. */
public final class Terminal {

  private Terminal() {}

  /** Leaves out what is no warning, such as the refusals that a suite provokes. */
  public static void showWarningsOnly() {
    for (Handler handler : Logger.getLogger("").getHandlers()) {
      handler.setLevel(Level.WARNING);
    }
  }
}
