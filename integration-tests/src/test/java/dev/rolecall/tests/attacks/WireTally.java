package dev.rolecall.tests.attacks;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Counts the attacks that were made over the wire, by all tests of a run, and prints what came of
 * them after the last one.
 */
final class WireTally implements BeforeEachCallback {

  private static final AtomicInteger TRIED = new AtomicInteger();
  private static final AtomicInteger ACCEPTED = new AtomicInteger();
  private static final AtomicLong ASKED_IN_VAIN = new AtomicLong();

  @Override
  public void beforeEach(ExtensionContext test) {
    test.getRoot()
        .getStore(Namespace.create(WireTally.class))
        .getOrComputeIfAbsent(Line.class, key -> new Line());
  }

  /**
   * Attacks were made.
   *
   * @param attacks how many
   * @param accepted how many of them were served
   * @param askedInVain how often STS was asked beyond what it must be
   */
  void count(int attacks, int accepted, long askedInVain) {
    TRIED.addAndGet(attacks);
    ACCEPTED.addAndGet(accepted);
    ASKED_IN_VAIN.addAndGet(Math.max(0, askedInVain));
  }

  /** Printed when the run ends. */
  private static final class Line implements AutoCloseable {

    @Override
    public void close() {
      System.out.printf(
          "attacks: %,d tried over the wire, %d accepted, STS asked %d times where it must not be%n",
          TRIED.get(), ACCEPTED.get(), ASKED_IN_VAIN.get());
    }
  }
}
