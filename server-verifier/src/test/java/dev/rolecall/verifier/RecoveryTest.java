package dev.rolecall.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.lookup.CallerLookup;
import dev.rolecall.access.scheme.Connection;
import dev.rolecall.access.scheme.Verification;
import dev.rolecall.testsupport.ManualScheduler;
import dev.rolecall.testsupport.ManualTime;
import dev.rolecall.verifier.internal.answer.StsResponse;
import dev.rolecall.verifier.internal.http.StsRequest;
import dev.rolecall.verifier.internal.http.StsTransport;
import dev.rolecall.verifier.internal.sts.FakeSts;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** STS comes back, and callers that were refused come back too, but not in one instant. */
@Tag("attack")
final class RecoveryTest {

  private static final int CALLERS = 300;
  private static final int MOST_AT_ONCE = 20;
  private static final Duration OUTAGE = Duration.ofMinutes(2);

  @Test
  void recovery_ofHundredsOfCallers_isNoHerd() {
    ManualTime time = new ManualTime(Proofs.SIGNED_AT);
    ManualScheduler scheduler = new ManualScheduler(time);
    SlowSts sts = new SlowSts(time, scheduler);
    try (Bench bench =
        new Bench(
            settings ->
                settings
                    .runtime(
                        runtime -> runtime.clock(time).ticker(time::nanos).scheduler(scheduler))
                    .scheme(scheme -> scheme.transport(sts))
                    .limits(limits -> limits.withLookUps(MOST_AT_ONCE, MOST_AT_ONCE)))) {
      List<Integer> verified = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        come(bench.lookup, scheduler, i, verified);
      }
      scheduler.pass(OUTAGE);
      assertThat(verified).isEmpty();
      int askedInTheOutage = sts.askedAt.size();
      // Look-ups under way when it began, and then now and then a question.
      assertThat(askedInTheOutage).isBetween(5, 2 * MOST_AT_ONCE + 10);

      sts.away = false;
      Instant back = time.instant();
      scheduler.pass(Duration.ofMinutes(2));

      assertThat(verified).hasSize(CALLERS).doesNotHaveDuplicates();
      assertThat(sts.mostAtOnce).as("and a question").isLessThanOrEqualTo(MOST_AT_ONCE + 1);
      List<Instant> after = sts.askedAt.subList(askedInTheOutage, sts.askedAt.size());
      assertThat(after).as("one for each, and the question").hasSize(CALLERS + 1);
      assertThat(after.get(0)).isBefore(back.plusSeconds(31));
      for (int second = 0; second < 120; second++) {
        Instant from = after.get(0).plusSeconds(second);
        assertThat(after.stream().filter(at -> isWithin(at, from)).count())
            .as("asked in second %s", second)
            .isLessThan(CALLERS / 8);
      }
    }
  }

  private static boolean isWithin(Instant at, Instant from) {
    return !at.isBefore(from) && at.isBefore(from.plusSeconds(1));
  }

  /** A caller that waits as long as it is told, and tries again. */
  private static void come(
      CallerLookup lookup, ManualScheduler scheduler, int number, List<Integer> verified) {
    var unused =
        lookup
            .find(Bench.header(Proofs.text(number)), Connection.withoutTls("198.51.100.1"))
            .thenAccept(
                verification -> {
                  if (verification instanceof Verification.Unavailable turnedAway) {
                    var unusedTimer =
                        scheduler.schedule(
                            () -> come(lookup, scheduler, number, verified),
                            turnedAway.retryAfter().orElseThrow().toNanos(),
                            TimeUnit.NANOSECONDS);
                  } else {
                    verified.add(number);
                  }
                });
  }

  /** Answers after a tenth of a second; while it is away, with a failure. */
  private static final class SlowSts implements StsTransport {

    private static final long ANSWER_MILLIS = 100;

    private final List<Instant> askedAt = new ArrayList<>();
    private final ManualTime time;
    private final ManualScheduler scheduler;
    private boolean away = true;
    private int underWay;
    private int mostAtOnce;

    SlowSts(ManualTime time, ManualScheduler scheduler) {
      this.time = time;
      this.scheduler = scheduler;
    }

    @Override
    public CompletableFuture<StsResponse> send(StsRequest request) {
      askedAt.add(time.instant());
      underWay++;
      mostAtOnce = Math.max(mostAtOnce, underWay);
      CompletableFuture<StsResponse> response = new CompletableFuture<>();
      boolean failing = away;
      var unused =
          scheduler.schedule(
              () -> {
                underWay--;
                if (failing) {
                  response.completeExceptionally(new IOException("away"));
                } else {
                  response.complete(FakeSts.checkout());
                }
              },
              ANSWER_MILLIS,
              TimeUnit.MILLISECONDS);
      return response;
    }
  }
}
