package dev.rolecall.benchmarks.hooks;

import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.benchmarks.fleet.CallerKeys;
import dev.rolecall.benchmarks.fleet.ForgedProofs;
import dev.rolecall.benchmarks.fleet.Orders;
import dev.rolecall.benchmarks.pace.Terminal;
import dev.rolecall.guard.CallGuard;
import dev.rolecall.policy.PolicySource;
import dev.rolecall.proof.CallerProof;
import dev.rolecall.stsemulator.StsEmulator;
import io.grpc.Metadata;
import io.grpc.ServerCallHandler;
import io.grpc.Status;
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

/** Measures the cost of a refused call, of a peer whose forged proofs STS has refused. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Refusals {

  /** Two million bytes: as in a flood, no proof is in the processor's cache when it comes. */
  private static final int PROOFS = 2_048;

  private static final long STANDING_STILL = 0;

  private final FakeTransport transport = new FakeTransport(new ReceivedHeaders("none"));
  private final ReceivedHeaders[] forged = new ReceivedHeaders[PROOFS];
  private final StsEmulator sts = StsEmulator.start();

  /** Permits come back with time, and none does. */
  private final CallGuard guard =
      CallGuard.builder(PolicySource.fixed(Orders.policy()))
          .accept(Orders.verifier(sts.endpoint()))
          .runtime(AccessRuntime.builder().ticker(() -> STANDING_STILL).build())
          .build();

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
    AwaitedCall call = new AwaitedCall(transport.attributes());
    Metadata headers = new ReceivedHeaders("Bearer " + proof).metadata();
    var unused = guard.interceptCall(call, headers, UnaryCall::answer);
    return call.end().getCode() == Status.Code.RESOURCE_EXHAUSTED;
  }

  /** Stops the guard and STS. */
  @TearDown
  public void close() {
    guard.close();
    sts.close();
  }

  @Benchmark
  public int refuseOverLimit() {
    return transport.run(guarded, forged[turn++ & (PROOFS - 1)]);
  }
}
