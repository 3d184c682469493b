package dev.rolecall.benchmarks.hooks;

import dev.rolecall.guard.CallGuard;
import io.grpc.Context;
import io.grpc.ServerCallHandler;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One unary call on the server that knows its caller: by a plain rule, and by a grant. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class GrantHooks {

  private final ServerCallHandler<String, String> handler = UnaryCall::answer;
  private final FakeTransport transport =
      new FakeTransport(new ReceivedHeaders("Bearer " + SignedProofs.text()));
  private final Context outer = Context.ROOT.withCancellation();
  private final CallGuard ofRule = GrantedServers.byRule();
  private final CallGuard ofGrant = GrantedServers.byGrant();
  private final ServerCallHandler<String, String> byRule =
      (call, metadata) -> ofRule.interceptCall(call, metadata, handler);
  private final ServerCallHandler<String, String> byGrant =
      (call, metadata) -> ofGrant.interceptCall(call, metadata, handler);

  /** Makes the caller known to both, in the context that gRPC attaches. */
  @Setup
  public void attach() {
    Context unused = outer.attach();
    int whole = transport.run(handler);
    if (transport.run(byRule) != whole || transport.run(byGrant) != whole) {
      throw new IllegalStateException("a guard does not admit the call");
    }
  }

  /** Stops the guards' threads. */
  @TearDown
  public void close() {
    outer.detach(Context.ROOT);
    ofRule.close();
    ofGrant.close();
  }

  @Benchmark
  public int callGuardByRule() {
    return transport.run(byRule);
  }

  @Benchmark
  public int callGuardByGrant() {
    return transport.run(byGrant);
  }
}
