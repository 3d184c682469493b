package dev.rolecall.tests.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;

/** The calls: so many lanes of each kind, side by side. */
final class Load {

  private static final Map<Errands, Integer> LANES =
      Map.of(
          Errands.QUICK, 16,
          Errands.HELD, 6,
          Errands.PUMPING, 1,
          Errands.LASTING, 6,
          Errands.HOSTILE, 2);

  private final List<Lane> lanes = new ArrayList<>();
  private final Lane.Means means;

  Load(Lane.Means means, SplittableRandom random) {
    this.means = means;
    for (Errands errands : Errands.values()) {
      for (int i = 0; i < LANES.getOrDefault(errands, 0); i++) {
        lanes.add(new Lane(errands, means, random.split()));
      }
    }
  }

  void start() {
    lanes.forEach(lane -> means.timer().execute(lane::next));
  }

  /** No further call begins, once this returns. */
  void stop() throws InterruptedException {
    try {
      means.timer().submit(() -> lanes.forEach(Lane::stop)).get();
    } catch (ExecutionException e) {
      throw new AssertionError("a lane does not stop", e);
    }
  }
}
