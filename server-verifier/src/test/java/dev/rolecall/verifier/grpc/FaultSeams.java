package dev.rolecall.verifier.grpc;

import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.PolicySource;
import dev.rolecall.policy.document.ReloadListener;
import dev.rolecall.policy.document.ReloadResult;
import dev.rolecall.verifier.sts.StsRequest;
import dev.rolecall.verifier.sts.StsResponse;
import dev.rolecall.verifier.sts.StsTransport;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Deque;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
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

/** What a guard and a verifier are given, each passing its seam before it does its work. */
final class FaultSeams {

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

  ScheduledThreadPoolExecutor scheduler(FaultSeam seam) {
    return made(
        new ScheduledThreadPoolExecutor(1) {
          @Override
          public void execute(Runnable task) {
            fault.strike(seam);
            super.execute(task);
          }

          @Override
          public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
            fault.strike(seam);
            return super.schedule(task, delay, unit);
          }
        });
  }

  Clock clock(FaultSeam seam) {
    return new Clock() {
      @Override
      public Instant instant() {
        fault.strike(seam);
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

  long ticks(FaultSeam seam) {
    fault.strike(seam);
    return Duration.between(Instant.EPOCH, now.get()).toNanos();
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
    Logger logger = Logger.getLogger("dev.rolecall");
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
    };
  }

  StsTransport transport(StsTransport sts) {
    return new StsTransport() {
      @Override
      public CompletableFuture<StsResponse> send(StsRequest request) {
        fault.strike(FaultSeam.STS_TRANSPORT);
        try {
          fault.strike(FaultSeam.STS_ANSWER);
        } catch (Error e) {
          return CompletableFuture.failedFuture(e);
        }
        return sts.send(request);
      }
    };
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
