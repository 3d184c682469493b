package dev.rolecall.verifier;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.lookup.CallerLookup;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.access.scheme.Connection;
import dev.rolecall.access.scheme.Credential;
import dev.rolecall.access.scheme.Verification;
import dev.rolecall.identity.BindingHash;
import dev.rolecall.proof.CallerProof;
import dev.rolecall.testsupport.ManualScheduler;
import dev.rolecall.testsupport.ManualTime;
import dev.rolecall.verifier.internal.sts.FakeSts;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/**
 * The scheme in the engine's look-up, on fakes: its time stands still and its work is done on the
 * test's thread.
 */
final class Bench implements AutoCloseable {

  final ManualTime time = new ManualTime(Proofs.SIGNED_AT);
  final ManualScheduler scheduler = new ManualScheduler(time);
  final FakeSts sts = new FakeSts();
  final CallerLookup lookup;
  private final AccessRuntime runtime;

  Bench() {
    this(settings -> settings);
  }

  /** A bench with other settings of the scheme alone. */
  static Bench of(UnaryOperator<StsVerifier> scheme) {
    return new Bench(settings -> settings.scheme(scheme));
  }

  /** A bench whose scheme has those names. */
  static Bench ofAudiences(String first, String... others) {
    return new Bench(StsVerifier.forAudience(first, others), settings -> settings);
  }

  Bench(UnaryOperator<BenchSettings> change) {
    this(StsVerifier.forAudience(Proofs.ORDERS), change);
  }

  private Bench(StsVerifier verifier, UnaryOperator<BenchSettings> change) {
    BenchSettings settings =
        change.apply(
            BenchSettings.of(verifier)
                .runtime(
                    runtime ->
                        runtime
                            .clock(time)
                            .ticker(time::nanos)
                            .lookUpExecutor(Runnable::run)
                            .scheduler(scheduler)
                            .random(new Random(1)))
                .scheme(scheme -> scheme.transport(sts)));
    this.runtime = settings.runtime().build();
    this.lookup =
        CallerLookup.of(List.of(settings.scheme()), settings.limits(), settings.caches(), runtime);
  }

  /** Has STS answer one look-up first: limits are others at an endpoint that never did. */
  Bench answering() {
    sts.then(FakeSts.checkout());
    String another = Proofs.builder().accessKeyId("ASIAANOTHER000000001").build().text();
    verify(another, Connection.withoutTls("192.0.2.250"));
    sts.fromNowOn();
    return this;
  }

  CompletableFuture<Verification> begin(String proof) {
    return begin(proof, "198.51.100.1");
  }

  CompletableFuture<Verification> begin(String proof, String peer) {
    return lookup.find(header(proof), Connection.withoutTls(peer));
  }

  /** The verdict, which must be there already. */
  Verification verify(String proof) {
    return done(begin(proof));
  }

  Verification verify(String proof, Connection connection) {
    return done(lookup.find(header(proof), connection));
  }

  /** A call with that proof in the certificate of a peer that proved that key. */
  CompletableFuture<Verification> beginAttested(String proof, BindingHash key) {
    CallerProof read =
        CallerProof.read(proof)
            .fold(
                one -> one,
                malformed -> {
                  throw new AssertionError(malformed.rule());
                });
    return lookup.find(new ProofCertificate(read, key), Connection.withoutTls("198.51.100.1"));
  }

  /** A call's metadata with that proof. */
  static Credential header(String proof) {
    return new Credential.Header(("Bearer " + proof).getBytes(US_ASCII));
  }

  static Verification done(CompletableFuture<Verification> verification) {
    assertThat(verification).isCompleted();
    return verification.join();
  }

  /** {@code verified}, or the reason's name. */
  static String word(Verification verification) {
    return verification.fold(
        verified -> "verified",
        refused -> "refused " + refused.reason(),
        unavailable -> "unavailable " + unavailable.reason());
  }

  @Override
  public void close() {
    lookup.close();
    runtime.close();
    scheduler.shutdownNow();
  }
}
