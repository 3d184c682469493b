package dev.rolecall.proxy.envoy;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.internal.metrics.SupervisedTask;
import dev.rolecall.access.runtime.AccessRuntime;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A server that Envoy's filter {@code ext_authz} asks about each call: Envoy carries the bytes, and
 * the checker decides by the callers, policies and records that a guard has. gRPC's own client of
 * the same service (gRFC A92) can ask it too.
 *
 * <p>Every Check gets an answer, and an outage is a denial with {@code UNAVAILABLE}: Envoy's {@code
 * failure_mode_allow} has no effect while the checker runs. An allowed call goes on without its
 * credential, and with the headers of {@link dev.rolecall.proxy.PassedIdentity}. A call that was
 * allowed is not ended when the policy changes: Envoy has no way to.
 *
 * <p>Health ({@code grpc.health.v1}) says that it serves once it is warm, until it drains. Safe for
 * use by many threads.
 */
public final class EnvoyChecker implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger("rolecall.proxy");

  private static final Duration WALK_PERIOD = Duration.ofSeconds(1);
  private static final Duration LAST_ANSWERS = Duration.ofSeconds(1);

  private final CheckerServer server;
  private final EventLoops loops;
  private final Audiences audiences;
  private final AccessRuntime runtime;
  private final Future<?> walks;
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile boolean warm;
  private volatile @Nullable Future<?> warmUp;

  EnvoyChecker(CheckerServer server, EventLoops loops, Audiences audiences, AccessRuntime runtime) {
    this.server = server;
    this.loops = loops;
    this.audiences = audiences;
    this.runtime = runtime;
    runtime.supervising(SupervisedTask.CALL_DECISION, SupervisedTask.CALL_WATCH);
    this.walks =
        runtime
            .supervisor()
            .every(WALK_PERIOD, runtime.walks(), SupervisedTask.CALL_WATCH.label(), this::walk);
  }

  /** A builder of a checker that listens on that address. */
  public static EnvoyCheckerBuilder builder(CheckerAddress address) {
    return new EnvoyCheckerBuilder(address);
  }

  /** No call lives here; but elapsed time goes by the last walk. */
  private void walk() {
    for (AudienceChecks each : audiences.all()) {
      var unused = each.audience().access().recheck();
    }
  }

  /** Warms up, and says then that it serves. Where that fails, tries again each second. */
  void becomeReady(WarmUp work) {
    try {
      work.check();
    } catch (RuntimeException e) {
      // Going on is safe: the first Checks may take longer than Envoy waits.
      LOG.log(Level.WARNING, "the checker could not be warmed up by a Check of its own", e);
    }
    if (!sign(work)) {
      warmUp =
          runtime
              .supervisor()
              .pausing(
                  WALK_PERIOD,
                  runtime.walks(),
                  SupervisedTask.CALL_DECISION.label(),
                  () -> {
                    if (!warm) {
                      var unused = sign(work);
                    }
                  });
    }
  }

  private boolean sign(WarmUp work) {
    try {
      work.sign(runtime.clock().instant());
    } catch (RuntimeException | Error e) {
      runtime.supervisor().caught(SupervisedTask.CALL_DECISION.label(), e);
      return false;
    }
    warm = true;
    server.serving();
    Future<?> tries = warmUp;
    if (tries != null) {
      tries.cancel(false);
    }
    return true;
  }

  /**
   * Has Checks that come from now on judged by those audiences instead. An audience that is the
   * same object as before keeps what it knows. What judged an audience that is gone is not closed:
   * close it once its Checks are over. Does not block.
   *
   * @param ofOthers the audience of routes that name none; if it is present, one more beside those
   * @throws IllegalArgumentException if there is none, or two have one name; all stay then
   */
  public void replaceAudiences(List<CheckedAudience> named, Optional<CheckedAudience> ofOthers) {
    List<CheckedAudience> all = new ArrayList<>(named);
    ofOthers.ifPresent(all::add);
    audiences.replace(all, ofOthers.orElse(null));
  }

  /** Whether it is warm: health says so too. */
  public boolean isWarm() {
    return warm;
  }

  /** The port that it listens on; -1 for a Unix socket. */
  public int port() {
    return server.port();
  }

  /** The address that it listens on: {@code 127.0.0.1:9191}, {@code unix:/run/rolecall/checker}. */
  public String address() {
    return server.toString();
  }

  /**
   * Ends without a call lost, and closes: health says first that it does not serve, so that Envoy
   * sends its Checks to another; then it takes no more, and answers those under way. Blocks.
   *
   * @param pause how long it goes on to answer after health has changed: longer than Envoy's
   *     interval of health checks
   * @param limit how long Checks under way may take then
   * @throws InterruptedException if the thread is interrupted while it waits; it is closed all the
   *     same
   */
  public void drain(Duration pause, Duration limit) throws InterruptedException {
    requireNonNull(pause, "pause");
    requireNonNull(limit, "limit");
    try {
      server.notServing();
      if (!server.awaitEnd(pause)) {
        server.shutdown();
        var unused = server.awaitEnd(limit);
      }
    } finally {
      close();
    }
  }

  /**
   * Takes no more Checks, waits a second for those under way, and closes what it owns: its threads,
   * its runtime, and what judges the calls of its audiences. A second call does nothing more.
   */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    walks.cancel(false);
    Future<?> tries = warmUp;
    if (tries != null) {
      tries.cancel(false);
    }
    server.notServing();
    server.shutdown();
    try {
      var unused = server.awaitEnd(LAST_ANSWERS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    server.end();
    loops.close();
    for (AudienceChecks each : audiences.all()) {
      runtime
          .supervisor()
          .run(SupervisedTask.CALL_DECISION.label(), each.audience().access()::close);
    }
    runtime.close();
  }
}
