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
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * This end's key and certificate, replaced two thirds into the life of the proof. Open connections
 * keep theirs; new ones get the newest.
 *
 * <p>It checks once a second whether a renewal is due, by the wall clock or by elapsed time,
 * whichever comes first. A new certificate is used once STS has confirmed it to this end itself.
 * The old one stays while credentials cannot be loaded, STS is away or STS refuses: peers know it
 * and could not verify another. When the old one is about to lapse, the new one is used in any
 * case.
 */
final class LocalCertificate implements AutoCloseable {

  /** Kept for handshakes under way and for TLS providers that ask again by the alias. */
  static final int GENERATIONS = 4;

  static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  private static final System.Logger LOG = System.getLogger("rolecall.tls");
  private static final String THIS_END = "self";
  private static final String RENEWAL = "attestation_renewal";

  private final AttestationMaker maker;
  private final CallerLookup peers;
  private final RotationSchedule schedule;
  private final AttestationRenewals renewals;
  private final Supervisor supervisor;
  private final ScheduledFuture<?> looks;

  private volatile Map<String, KeyedAttestation> byAlias;
  private volatile KeyedAttestation current;

  private volatile CompletableFuture<?> underWay = CompletableFuture.completedFuture(null);

  private LocalCertificate(
      AttestationMaker maker,
      CallerLookup peers,
      AccessRuntime runtime,
      RandomGenerator random,
      ScheduledExecutorService scheduler) {
    this.maker = requireNonNull(maker, "maker");
    this.peers = requireNonNull(peers, "peers");
    this.renewals = new AttestationRenewals(runtime.telemetry());
    this.current = maker.make();
    this.byAlias = Map.of(current.alias(), current);
    this.schedule = new RotationSchedule(runtime, random, current);
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
    return schedule.isPast(current.end());
  }

  /** Done when no new certificate waits for STS. */
  CompletableFuture<?> underWay() {
    return underWay;
  }

  private void look() {
    RotationSchedule.Moment now = schedule.now();
    boolean last = schedule.isLastMoment(now);
    // At the last moment whatever waits for STS is not waited for: it may never come.
    if (!schedule.isDue(now) || (!last && !underWay.isDone())) {
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
    schedule.follow(next);
    supervisor.run(RENEWAL, () -> renewals.count(Result.RENEWED));
  }

  /** First what the next attempt depends on: counting and logging may throw. */
  private void keepOld(Result result, String why) {
    schedule.putOff();
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
