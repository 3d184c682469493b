package dev.rolecall.tests.soak;

import dev.rolecall.testsupport.Echo;
import io.grpc.MethodDescriptor;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** What the calls of one lane are like; which, chance decides. */
enum Errands {
  /** Short calls of honest callers, some given up, some in a hurry. */
  QUICK {
    @Override
    Errand draw(long id, SplittableRandom random) {
      MethodDescriptor<String, String> method = pick(METHODS, random);
      Actor actor = method == Echo.PING ? pick(ANYBODY, random) : pick(HONEST, random);
      int mood = random.nextInt(100);
      if (mood < 8) {
        Duration hurry = Duration.ofMillis(random.nextInt(1, 60));
        return new Errand(id, actor, method, false, hurry, false, Optional.empty());
      }
      Optional<Duration> cancel =
          mood < 16 ? Optional.of(Duration.ofMillis(random.nextInt(30))) : Optional.empty();
      return new Errand(id, actor, method, false, PATIENCE, true, cancel);
    }
  },
  /** Streams kept open for a while, then given up. */
  HELD {
    @Override
    Errand draw(long id, SplittableRandom random) {
      Duration hold = Duration.ofMillis(random.nextInt(100, 3_000));
      Actor actor = pick(STREAMING, random);
      return new Errand(id, actor, Echo.CHAT, true, PATIENCE, true, Optional.of(hold));
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
    Errand draw(long id, SplittableRandom random) {
      Duration end = Duration.ofMillis(random.nextInt(20, 300));
      Actor actor = pick(STREAMING, random);
      return random.nextBoolean()
          ? new Errand(id, actor, Echo.PUMP, true, PATIENCE, true, Optional.of(end))
          : new Errand(id, actor, Echo.PUMP, true, end, false, Optional.empty());
    }
  },
  /** Streams kept open until their proof lapses or something breaks them. */
  LASTING {
    @Override
    Errand draw(long id, SplittableRandom random) {
      Actor actor = pick(STREAMING, random);
      return new Errand(id, actor, Echo.CHAT, true, Duration.ofMinutes(1), true, Optional.empty());
    }
  },
  /** Calls of those who have nothing to show for themselves. */
  HOSTILE {
    @Override
    Errand draw(long id, SplittableRandom random) {
      Actor actor = random.nextInt(4) == 0 ? Actor.NOBODY : Actor.FORGER;
      return new Errand(id, actor, pick(METHODS, random), false, PATIENCE, true, Optional.empty());
    }
  };

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final List<MethodDescriptor<String, String>> METHODS =
      List.of(Echo.SAY, Echo.SAY, Echo.SAY, Echo.COLLECT, Echo.COUNT, Echo.PING);

  private static final List<Actor> HONEST =
      List.of(
          Actor.CHECKOUT,
          Actor.CHECKOUT,
          Actor.READER,
          Actor.SEASONAL,
          Actor.SEASONAL,
          Actor.INTERN);

  private static final List<Actor> ANYBODY = List.of(Actor.values());

  private static final List<Actor> STREAMING =
      List.of(Actor.CHECKOUT, Actor.CHECKOUT, Actor.SEASONAL, Actor.SEASONAL, Actor.INTERN);

  /** How long a lane rests after a call. */
  Duration pause(SplittableRandom random) {
    return Duration.ofMillis(random.nextInt(15));
  }

  /** The next call. */
  abstract Errand draw(long id, SplittableRandom random);

  private static <T> T pick(List<T> from, SplittableRandom random) {
    return from.get(random.nextInt(from.size()));
  }
}
