package dev.rolecall.benchmarks.hooks;

import dev.rolecall.benchmarks.fleet.CallerKeys;
import dev.rolecall.benchmarks.fleet.ForgedProofs;
import dev.rolecall.benchmarks.fleet.Orders;
import dev.rolecall.benchmarks.pace.Terminal;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.policy.PolicySource;
import dev.rolecall.proof.CallerProof;
import dev.rolecall.stsemulator.StsEmulator;
import dev.rolecall.verifier.CallerVerifier;
import dev.rolecall.verifier.Connection;
import dev.rolecall.verifier.Verification;
import dev.rolecall.verifier.grpc.RoleGuard;
import io.grpc.ServerCallHandler;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What a call costs that is turned away, of a peer whose forged proofs STS has refused. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Refusals {

  /** Two million bytes: as in a flood, no proof is in the processor's cache when it comes. */
  private static final int PROOFS = 2_048;

  /** The peer of {@link FakeTransport}. */
  private static final String PEER = "192.0.2.1";

  private static final long STANDING_STILL = 0;

  private final FakeTransport transport = new FakeTransport(new ReceivedHeaders("none"));
  private final ReceivedHeaders[] forged = new ReceivedHeaders[PROOFS];
  private final StsEmulator sts = StsEmulator.start();

  /** Permits come back with time, and none does. */
  private final CallerVerifier verifier =
      Orders.verifier(sts.endpoint()).ticker(() -> STANDING_STILL).build();

  private final RoleGuard guard =
      RoleGuard.builder(verifier, PolicySource.fixed(Orders.policy())).build();
  private final ServerCallHandler<String, String> guarded =
      (call, headers) -> guard.interceptCall(call, headers, UnaryCall::answer);
  private int turn;

  /** Has STS refuse one proof after another, until the peer's permits are gone. */
  @Setup
  public void exhaust() {
    Terminal.showWarningsOnly();
    ForgedProofs proofs = new ForgedProofs(proof(), new SplittableRandom(1));
    for (int i = 0; i < PROOFS; i++) {
      forged[i] = new ReceivedHeaders("Bearer " + proofs.next());
    }
    while (!isTurnedAway(proofs.next())) {
      // One more refusal is remembered.
    }
  }

  private CallerProof proof() {
    return Orders.bearerProof(sts.endpoint(), CallerKeys.of(sts.addRole(Orders.CHECKOUT)));
  }

  private boolean isTurnedAway(String proof) {
    Verification verdict =
        verifier.verify(proof, Connection.withoutTls(PEER)).toCompletableFuture().join();
    return verdict.fold(
        verified -> false,
        refused -> false,
        unavailable -> unavailable.reason() == RefusalReason.TOO_MANY_LOOKUPS);
  }

  /** Stops the guard, the verifier and STS. */
  @TearDown
  public void close() {
    guard.close();
    verifier.close();
    sts.close();
  }

  @Benchmark
  public int refuseOverLimit() {
    return transport.run(guarded, forged[turn++ & (PROOFS - 1)]);
  }
}
