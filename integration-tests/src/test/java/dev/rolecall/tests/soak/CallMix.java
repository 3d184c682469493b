package dev.rolecall.tests.soak;

import dev.rolecall.testsupport.Echo;
import io.grpc.MethodDescriptor;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** A distribution of calls, from which a loop draws the next one at random. */
enum CallMix {
  /** Short calls of honest callers, some given up, some in a hurry. */
  QUICK {
    @Override
    PlannedCall draw(long id, SplittableRandom random) {
      MethodDescriptor<String, String> method = pick(METHODS, random);
      CallerKind actor = method == Echo.PING ? pick(ANYBODY, random) : pick(HONEST, random);
      int mood = random.nextInt(100);
      if (mood < 8) {
        Duration hurry = Duration.ofMillis(random.nextInt(1, 60));
        return new PlannedCall(id, actor, method, false, hurry, false, Optional.empty());
      }
      Optional<Duration> cancel =
          mood < 16 ? Optional.of(Duration.ofMillis(random.nextInt(30))) : Optional.empty();
      return new PlannedCall(id, actor, method, false, PATIENCE, true, cancel);
    }
  },
  /** Streams kept open for a while, then given up. */
  HELD {
    @Override
    PlannedCall draw(long id, SplittableRandom random) {
      Duration hold = Duration.ofMillis(random.nextInt(100, 3_000));
      CallerKind actor = pick(STREAMING, random);
      return new PlannedCall(id, actor, Echo.CHAT, true, PATIENCE, true, Optional.of(hold));
    }
  },
  /** Streams on which both sides send without pause, given up or out of time. */
  PUMPING {
    @Override
    Duration pause(SplittableRandom random) {
      // It takes all there is of a machine, which others are to have too.
      return Duration.ofMillis(random.nextInt(500, 1_500));
    }

    @Override
    PlannedCall draw(long id, SplittableRandom random) {
      Duration end = Duration.ofMillis(random.nextInt(20, 300));
      CallerKind actor = pick(STREAMING, random);
      return random.nextBoolean()
          ? new PlannedCall(id, actor, Echo.PUMP, true, PATIENCE, true, Optional.of(end))
          : new PlannedCall(id, actor, Echo.PUMP, true, end, false, Optional.empty());
    }
  },
  /** Streams kept open until their proof lapses or something breaks them. */
  LASTING {
    @Override
    PlannedCall draw(long id, SplittableRandom random) {
      CallerKind actor = pick(STREAMING, random);
      return new PlannedCall(
          id, actor, Echo.CHAT, true, Duration.ofMinutes(1), true, Optional.empty());
    }
  },
  /** Calls without a valid proof. */
  HOSTILE {
    @Override
    PlannedCall draw(long id, SplittableRandom random) {
      CallerKind actor = random.nextInt(4) == 0 ? CallerKind.NOBODY : CallerKind.FORGER;
      return new PlannedCall(
          id, actor, pick(METHODS, random), false, PATIENCE, true, Optional.empty());
    }
  };

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final List<MethodDescriptor<String, String>> METHODS =
      List.of(Echo.SAY, Echo.SAY, Echo.SAY, Echo.COLLECT, Echo.COUNT, Echo.PING);

  private static final List<CallerKind> HONEST =
      List.of(
          CallerKind.CHECKOUT,
          CallerKind.CHECKOUT,
          CallerKind.READER,
          CallerKind.SEASONAL,
          CallerKind.SEASONAL,
          CallerKind.INTERN);

  private static final List<CallerKind> ANYBODY = List.of(CallerKind.values());

  private static final List<CallerKind> STREAMING =
      List.of(
          CallerKind.CHECKOUT,
          CallerKind.CHECKOUT,
          CallerKind.SEASONAL,
          CallerKind.SEASONAL,
          CallerKind.INTERN);

  /** The pause after a call. */
  Duration pause(SplittableRandom random) {
    return Duration.ofMillis(random.nextInt(15));
  }

  /** The next call. */
  abstract PlannedCall draw(long id, SplittableRandom random);

  private static <T> T pick(List<T> from, SplittableRandom random) {
    return from.get(random.nextInt(from.size()));
  }
}
