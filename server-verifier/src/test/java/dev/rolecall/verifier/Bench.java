package dev.rolecall.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.testsupport.ManualScheduler;
import dev.rolecall.testsupport.ManualTime;
import dev.rolecall.verifier.sts.FakeSts;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/** A verifier on fakes: its time stands still and its work is done on the test's thread. */
final class Bench implements AutoCloseable {

  final ManualTime time = new ManualTime(Proofs.SIGNED_AT);
  final ManualScheduler scheduler = new ManualScheduler(time);
  final FakeSts sts = new FakeSts();
  final CallerVerifier verifier;

  Bench() {
    this(builder -> builder);
  }

  Bench(UnaryOperator<CallerVerifierBuilder> settings) {
    this.verifier =
        settings
            .apply(
                CallerVerifier.builder(Proofs.ORDERS)
                    .clock(time)
                    .ticker(time::nanos)
                    .executor(Runnable::run)
                    .scheduler(scheduler)
                    .random(new Random(1))
                    .transport(sts))
            .build();
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
    return verifier.verify(proof, Connection.withoutTls(peer)).toCompletableFuture();
  }

  /** The verdict, which must be there already. */
  Verification verify(String proof) {
    return done(begin(proof));
  }

  Verification verify(String proof, Connection connection) {
    return done(verifier.verify(proof, connection).toCompletableFuture());
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
    verifier.close();
    scheduler.shutdownNow();
  }
}
