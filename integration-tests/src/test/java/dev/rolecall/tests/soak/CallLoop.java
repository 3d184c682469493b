package dev.rolecall.tests.soak;

import static io.grpc.Metadata.ASCII_STRING_MARSHALLER;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.rolecall.tests.fixture.SecretsWatch;
import dev.rolecall.tests.secrets.OutputKind;
import io.grpc.CallOptions;
import io.grpc.Metadata;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * Makes one call after another until it is stopped. All but callbacks run on the timer's thread.
 */
final class CallLoop {

  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", ASCII_STRING_MARSHALLER);

  /** One call in so many shows the secrets watch what its client saw. */
  private static final int SHOWN = 16;

  private final CallMix mix;
  private final Means means;
  private final SplittableRandom random;
  private @Nullable RunningCall current;
  private String forged = "";
  private boolean stopped;

  /**
   * The collaborators that all loops share.
   *
   * @param system the servers to call
   * @param ledger records the calls
   * @param judge judges the calls
   * @param secrets looks for secrets
   * @param timer one thread
   */
  record Means(
      SystemUnderSoak system,
      CallLedger ledger,
      OutcomeModel judge,
      SecretsWatch secrets,
      ScheduledExecutorService timer) {}

  CallLoop(CallMix mix, Means means, SplittableRandom random) {
    this.mix = mix;
    this.means = means;
    this.random = random;
  }

  /** The next call, unless it is over. */
  void next() {
    if (stopped) {
      return;
    }
    PlannedCall planned = mix.draw(means.ledger().next(), random);
    CallOptions options =
        means
            .system()
            .credentials(planned.actor())
            .map(CallOptions.DEFAULT::withCallCredentials)
            .orElse(CallOptions.DEFAULT);
    Metadata headers = new Metadata();
    if (planned.actor() == CallerKind.FORGER) {
      headers.put(AUTHORIZATION, "Bearer " + forgery());
    }
    means.ledger().begins(planned);
    RunningCall exchange =
        new RunningCall(
            planned,
            means.system().channel(planned.actor(), random.nextInt(2)),
            options,
            means.system().clock(),
            (end, began, cancelled, lasted) -> ended(planned, end, began, cancelled, lasted));
    current = exchange;
    exchange.begin(headers, means.timer());
  }

  /** A new one, or the last one again. */
  private String forgery() {
    if (forged.isEmpty() || random.nextInt(3) > 0) {
      forged = means.system().forger().proof(random);
    }
    return forged;
  }

  private void ended(
      PlannedCall planned, CallEnd end, long began, boolean cancelled, Duration lasted) {
    means.ledger().ended(planned, end, means.judge().of(planned, end, began, cancelled, lasted));
    if (planned.id() % SHOWN == 0) {
      means.secrets().addOutput(OutputKind.STATUS, planned.toString(), end.toString());
    }
    if (!means.timer().isShutdown()) {
      means.timer().execute(this::pause);
    }
  }

  private void pause() {
    var unused = means.timer().schedule(this::next, mix.pause(random).toMillis(), MILLISECONDS);
  }

  /** Makes no further call, and gives up one that would not end by itself. */
  void stop() {
    stopped = true;
    RunningCall last = current;
    if (last != null && last.isOpen()) {
      last.cancel();
    }
  }
}
