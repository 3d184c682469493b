package dev.rolecall.guard;

import dev.rolecall.access.grant.Grants;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.PolicySource;
import dev.rolecall.policy.ReloadObserver;
import dev.rolecall.policy.document.ReloadListener;
import dev.rolecall.policy.document.ReloadResult;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Deque;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** The parts that a guard is given, each passing its seam before it does its work. */
final class FaultSeams {

  private static final Set<String> QUESTIONS_ABOUT_GRANTS =
      Set.of("isLocked", "lockRound", "changes", "holding", "advice", "enforced", "require");

  private final Fault fault;
  private final Supplier<Instant> now;
  private final Deque<Runnable> closing;

  FaultSeams(Fault fault, Supplier<Instant> now, Deque<Runnable> closing) {
    this.fault = fault;
    this.now = now;
    this.closing = closing;
  }

  void strike(FaultSeam seam) {
    fault.strike(seam);
  }

  private <T extends ExecutorService> T made(T executor) {
    closing.push(executor::shutdownNow);
    return executor;
  }

  Executor passing(FaultSeam seam) {
    ExecutorService threads = made(Executors.newCachedThreadPool());
    return task -> {
      fault.strike(seam);
      threads.execute(task);
    };
  }

  /** One scheduler for walks and look-ups, as a runtime has it. */
  ScheduledThreadPoolExecutor scheduler() {
    return made(
        new ScheduledThreadPoolExecutor(1) {
          @Override
          public void execute(Runnable task) {
            strikeEither(FaultSeam.LOOK_UP_SCHEDULER, FaultSeam.WATCH_SCHEDULER);
            super.execute(task);
          }

          @Override
          public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
            strikeEither(FaultSeam.LOOK_UP_SCHEDULER, FaultSeam.WATCH_SCHEDULER);
            return super.schedule(task, delay, unit);
          }
        });
  }

  Clock clock() {
    return new Clock() {
      @Override
      public Instant instant() {
        strikeEither(FaultSeam.LOOK_UP_CLOCK, FaultSeam.GUARD_CLOCK);
        return now.get();
      }

      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }
    };
  }

  long ticks() {
    strikeEither(FaultSeam.LOOK_UP_TICKER, FaultSeam.GUARD_TICKER);
    return Duration.between(Instant.EPOCH, now.get()).toNanos();
  }

  /** A guard has one of each for all of its parts: the seam is that of the part which uses it. */
  private void strikeEither(FaultSeam ofLookUps, FaultSeam ofTheGuard) {
    if (fault.isOf(ofLookUps) || fault.isOf(ofTheGuard)) {
      fault.strike(StackWalker.getInstance().walk(this::inALookUp) ? ofLookUps : ofTheGuard);
    }
  }

  private boolean inALookUp(Stream<StackWalker.StackFrame> frames) {
    return frames
        .map(StackWalker.StackFrame::getClassName)
        .anyMatch(
            name ->
                name.startsWith("dev.rolecall.access.lookup.")
                    || name.startsWith("dev.rolecall.access.internal.limits.")
                    || name.startsWith(FaultScheme.class.getName()));
  }

  ReloadListener reloads() {
    return new ReloadListener() {
      @Override
      public void onReload(ReloadResult result) {
        fault.strike(FaultSeam.RELOAD_LISTENER);
      }
    };
  }

  Runnable failingLog() {
    Runnable ofTheGuard = failingLog(Logger.getLogger("rolecall"));
    Runnable ofTheRest = failingLog(Logger.getLogger("dev.rolecall"));
    return () -> {
      ofTheGuard.run();
      ofTheRest.run();
    };
  }

  private Runnable failingLog(Logger logger) {
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord line) {
            fault.strike(FaultSeam.LOGGER);
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Level before = logger.getLevel();
    logger.addHandler(handler);
    if (fault.isOf(FaultSeam.LOGGER)) {
      logger.setLevel(Level.FINE);
    }
    return () -> {
      logger.setLevel(before);
      logger.removeHandler(handler);
    };
  }

  PolicySource passing(PolicySource source, FaultSeam seam) {
    return new PolicySource() {
      @Override
      public AccessPolicy current() {
        fault.strike(seam);
        return source.current();
      }

      @Override
      public Registration onChange(Runnable listener) {
        return source.onChange(listener);
      }

      @Override
      public Optional<Registration> observedBy(ReloadObserver observer) {
        return source.observedBy(observer);
      }
    };
  }

  /** No grants, whose every question passes the seam. */
  Grants grants() {
    return (Grants)
        Proxy.newProxyInstance(
            Grants.class.getClassLoader(),
            new Class<?>[] {Grants.class},
            (proxy, method, arguments) -> {
              if (QUESTIONS_ABOUT_GRANTS.contains(method.getName())) {
                fault.strike(FaultSeam.GRANTS);
              }
              return method.invoke(Grants.none(), arguments);
            });
  }

  Random random() {
    return new Random(1) {
      @Override
      public long nextLong() {
        fault.strike(FaultSeam.RANDOM);
        return super.nextLong();
      }
    };
  }
}
