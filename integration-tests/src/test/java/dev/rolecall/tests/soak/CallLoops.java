package dev.rolecall.tests.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;

/** The load of the soak: several loops of each mix, side by side. */
final class CallLoops {

  private static final Map<CallMix, Integer> LANES =
      Map.of(
          CallMix.QUICK, 16,
          CallMix.HELD, 6,
          CallMix.PUMPING, 1,
          CallMix.LASTING, 6,
          CallMix.HOSTILE, 2);

  private final List<CallLoop> loops = new ArrayList<>();
  private final CallLoop.Means means;

  CallLoops(CallLoop.Means means, SplittableRandom random) {
    this.means = means;
    for (CallMix mix : CallMix.values()) {
      for (int i = 0; i < LANES.getOrDefault(mix, 0); i++) {
        loops.add(new CallLoop(mix, means, random.split()));
      }
    }
  }

  void start() {
    loops.forEach(loop -> means.timer().execute(loop::next));
  }

  /** No further call begins, once this returns. */
  void stop() throws InterruptedException {
    try {
      means.timer().submit(() -> loops.forEach(CallLoop::stop)).get();
    } catch (ExecutionException e) {
      throw new AssertionError("a loop does not stop", e);
    }
  }
}
