package dev.rolecall.cli.proxy;

import java.util.List;

/** The closing of several things. */
public final class Closing {

  private Closing() {}

  /** Runs all of them in order, whatever one of them throws. */
  public static void all(List<Runnable> closes) {
    if (!closes.isEmpty()) {
      try {
        closes.get(0).run();
      } finally {
        all(closes.subList(1, closes.size()));
      }
    }
  }
}
