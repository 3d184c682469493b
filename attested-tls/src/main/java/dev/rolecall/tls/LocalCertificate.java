package dev.rolecall.tls;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.lookup.CallerLookup;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.access.scheme.Connection;
import dev.rolecall.access.scheme.Verification;
import dev.rolecall.client.ProofUnavailableException;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.identity.internal.Supervisor;
import dev.rolecall.tls.AttestationRenewals.Result;
import dev.rolecall.verifier.ProofCertificate;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * This end's key and certificate, replaced two thirds into the life of the proof. Open connections
 * keep theirs; new ones get the newest.
 *
 * <p>It checks once a second whether a renewal is due, by the wall clock or by elapsed time,
 * whichever comes first. So it needs no special case for a machine that slept, or for a clock that
 * was set, forward or back. A new certificate is used once STS has confirmed it to this end itself.
 * The old one stays while credentials cannot be loaded, STS is away or STS refuses: peers know it
 * and could not verify another. When the old one is about to lapse, the new one is used in any
 * case.
 */
final class LocalCertificate implements AutoCloseable {

  /** Kept for handshakes under way and for TLS providers that ask again by the alias. */
  static final int GENERATIONS = 4;

  static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  /** Between attempts, and at least between one certificate and the next. */
  static final Duration PAUSE = Duration.ofSeconds(10);

  /** Before the old one's end: for a handshake on its way, and for clocks that differ. */
  static final Duration LAST_MOMENT = Duration.ofSeconds(30);

  /** Ends that started together do not all come to STS together. */
  static final Duration STAGGER = Duration.ofSeconds(30);

  private static final System.Logger LOG = System.getLogger("rolecall.tls");
  private static final String THIS_END = "self";
  private static final String RENEWAL = "attestation_renewal";

  private final AttestationMaker maker;
  private final CallerLookup peers;
  private final Clock clock;
  private final LongSupplier ticker;
  private final RandomGenerator random;
  private final AttestationRenewals renewals;
  private final Supervisor supervisor;
  private final ScheduledFuture<?> looks;

  private volatile Map<String, KeyedAttestation> byAlias;
  private volatile KeyedAttestation current;

  /** The time at which the last moment of the current one begins. */
  private volatile Moment lastMoment;

  /** The time to make the next one, or to try again. Set when a renewal ends. */
  private volatile Moment due;

  private volatile CompletableFuture<?> underWay = CompletableFuture.completedFuture(null);

  /**
   * A time to come, by two clocks. It has come once either says so: a clock that is set back must
   * not put it off.
   *
   * @param wall as the clock has it
   * @param nanos as the ticker has it
   */
  private record Moment(Instant wall, long nanos) {

    boolean hasComeAt(Instant now, long elapsed) {
      return !now.isBefore(wall) || elapsed - nanos >= 0;
    }
  }

  private LocalCertificate(
      AttestationMaker maker,
      CallerLookup peers,
      AccessRuntime runtime,
      RandomGenerator random,
      ScheduledExecutorService scheduler) {
    this.maker = requireNonNull(maker, "maker");
    this.peers = requireNonNull(peers, "peers");
    this.clock = runtime.clock();
    this.ticker = runtime.ticker();
    this.random = requireNonNull(random, "random");
    this.renewals = new AttestationRenewals(runtime.telemetry());
    this.current = maker.make();
    this.byAlias = Map.of(current.alias(), current);
    this.due = rotationOf(current);
    this.lastMoment = lastMomentOf(current);
    this.supervisor = new Supervisor(LOG, task -> renewals.count(Result.DEFECT));
    this.looks = supervisor.pausing(LOOK_EVERY, scheduler, RENEWAL, this::look);
  }

  /**
   * Makes the first certificate, on this thread, and starts to follow the time. STS is not asked
   * about the first one: there is no other to fall back to.
   *
   * @param peers finds out who the peers of this end are, and so who it is itself
   * @param runtime has the clock, the ticker and the telemetry
   * @throws ProofUnavailableException if there is no proof to be had
   */
  static LocalCertificate start(
      AttestationMaker maker,
      CallerLookup peers,
      AccessRuntime runtime,
      RandomGenerator random,
      ScheduledExecutorService scheduler) {
    return new LocalCertificate(maker, peers, runtime, random, scheduler);
  }

  /** Not at once again, however soon the credentials end. */
  private Moment rotationOf(KeyedAttestation attestation) {
    Instant staggered = attestation.renewAt().minusMillis(random.nextLong(STAGGER.toMillis()));
    Instant soonest = clock.instant().plus(PAUSE);
    return at(staggered.isBefore(soonest) ? soonest : staggered);
  }

  private Moment lastMomentOf(KeyedAttestation attestation) {
    // A millisecond later: at that very time it is not yet the last moment.
    return at(attestation.end().minus(LAST_MOMENT).plusMillis(1));
  }

  private Moment at(Instant wall) {
    Duration left = Duration.between(clock.instant(), wall);
    return new Moment(wall, ticker.getAsLong() + left.toNanos());
  }

  /** The certificate that new connections present. */
  KeyedAttestation current() {
    return current;
  }

  /** The certificate of one of the last generations; null if it is gone. */
  @Nullable KeyedAttestation of(String alias) {
    return byAlias.get(alias);
  }

  /** Whether every peer would refuse the current certificate. */
  boolean isLapsed() {
    return clock.instant().isAfter(current.end());
  }

  /** Done when no new certificate waits for STS. */
  CompletableFuture<?> underWay() {
    return underWay;
  }

  private void look() {
    Instant now = clock.instant();
    long elapsed = ticker.getAsLong();
    boolean last = lastMoment.hasComeAt(now, elapsed);
    // At the last moment whatever waits for STS is not waited for: it may never come.
    if (!due.hasComeAt(now, elapsed) || (!last && !underWay.isDone())) {
      return;
    }
    try {
      KeyedAttestation next = maker.make();
      if (last) {
        publish(next);
      } else {
        confirm(next);
      }
    } catch (ProofUnavailableException e) {
      keepOld(Result.NO_PROOF, "no proof to be had: " + e.getMessage());
    } catch (RuntimeException | Error e) {
      // After a pause, as after any other failure. The message may hold anything, so it is not
      // logged.
      keepOld(Result.DEFECT, e.getClass().getName());
    }
  }

  private void confirm(KeyedAttestation next) {
    underWay =
        peers
            .find(new ProofCertificate(next.proof(), next.key()), Connection.withoutTls(THIS_END))
            .handle(
                (verification, thrown) -> {
                  if (thrown != null) {
                    keepOld(Result.DEFECT, thrown.getClass().getName());
                  } else {
                    settle(next, verification);
                  }
                  return next.alias();
                });
  }

  /**
   * Uses a certificate that this end's rules refuse: its peers may have others. An end need not
   * trust its own account, or know the endpoint that its peers ask.
   */
  private void settle(KeyedAttestation next, Verification verification) {
    verification
        .<Runnable>fold(
            verified -> () -> publish(next),
            refused ->
                refused.reason() == RefusalReason.ISSUER_REFUSED
                    ? () -> keepOld(Result.NOT_CONFIRMED, refused.reason().name())
                    : () -> publish(next),
            unavailable -> () -> keepOld(Result.NOT_CONFIRMED, unavailable.reason().name()))
        .run();
  }

  private void publish(KeyedAttestation next) {
    Map<String, KeyedAttestation> kept = new HashMap<>();
    byAlias.values().stream()
        .sorted(Comparator.comparing(KeyedAttestation::end).reversed())
        .limit(GENERATIONS - 1L)
        .forEach(each -> kept.put(each.alias(), each));
    kept.put(next.alias(), next);
    byAlias = Map.copyOf(kept);
    current = next;
    lastMoment = lastMomentOf(next);
    due = rotationOf(next);
    supervisor.run(RENEWAL, () -> renewals.count(Result.RENEWED));
  }

  /** First what the next attempt depends on: counting and logging may throw. */
  private void keepOld(Result result, String why) {
    due = at(clock.instant().plus(PAUSE));
    supervisor.run(RENEWAL, () -> renewals.count(result));
    supervisor.run(
        RENEWAL,
        () ->
            LOG.log(
                Level.WARNING,
                "the attestation is not renewed, and is used until it lapses: {0}",
                why));
  }

  /** Stops following the time: the certificate stays, and lapses. */
  @Override
  public void close() {
    looks.cancel(false);
  }
}
