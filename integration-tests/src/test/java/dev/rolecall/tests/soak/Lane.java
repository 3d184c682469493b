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

/** One call after another, without end until told. All but callbacks run on the timer's thread. */
final class Lane {

  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", ASCII_STRING_MARSHALLER);

  /** One call in so many shows the secrets watch what its client saw. */
  private static final int SHOWN = 16;

  private final Errands errands;
  private final Means means;
  private final SplittableRandom random;
  private @Nullable Exchange current;
  private String forged = "";
  private boolean stopped;

  /**
   * What all lanes share.
   *
   * @param stage whom they call
   * @param ledger what they tell
   * @param judge what they ask
   * @param secrets looks for secrets
   * @param timer one thread
   */
  record Means(
      Stage stage,
      Ledger ledger,
      Judge judge,
      SecretsWatch secrets,
      ScheduledExecutorService timer) {}

  Lane(Errands errands, Means means, SplittableRandom random) {
    this.errands = errands;
    this.means = means;
    this.random = random;
  }

  /** The next call, unless it is over. */
  void next() {
    if (stopped) {
      return;
    }
    Errand errand = errands.draw(means.ledger().next(), random);
    CallOptions options =
        means
            .stage()
            .credentials(errand.actor())
            .map(CallOptions.DEFAULT::withCallCredentials)
            .orElse(CallOptions.DEFAULT);
    Metadata headers = new Metadata();
    if (errand.actor() == Actor.FORGER) {
      headers.put(AUTHORIZATION, "Bearer " + forgery());
    }
    means.ledger().begins(errand);
    Exchange exchange =
        new Exchange(
            errand,
            means.stage().channel(errand.actor(), random.nextInt(2)),
            options,
            means.stage().clock(),
            (end, began, cancelled, lasted) -> ended(errand, end, began, cancelled, lasted));
    current = exchange;
    exchange.begin(headers, means.timer());
  }

  /** A new one, or the last one again. */
  private String forgery() {
    if (forged.isEmpty() || random.nextInt(3) > 0) {
      forged = means.stage().forger().proof(random);
    }
    return forged;
  }

  private void ended(Errand errand, Ending end, long began, boolean cancelled, Duration lasted) {
    means.ledger().ended(errand, end, means.judge().of(errand, end, began, cancelled, lasted));
    if (errand.id() % SHOWN == 0) {
      means.secrets().addOutput(OutputKind.STATUS, errand.toString(), end.toString());
    }
    if (!means.timer().isShutdown()) {
      means.timer().execute(this::pause);
    }
  }

  private void pause() {
    var unused = means.timer().schedule(this::next, errands.pause(random).toMillis(), MILLISECONDS);
  }

  /** Makes no further call, and gives up one that would not end by itself. */
  void stop() {
    stopped = true;
    Exchange last = current;
    if (last != null && last.isOpen()) {
      last.cancel();
    }
  }
}
