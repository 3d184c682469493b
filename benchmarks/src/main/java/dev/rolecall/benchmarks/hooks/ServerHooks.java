package dev.rolecall.benchmarks.hooks;

import dev.rolecall.guard.CallGuard;
import dev.rolecall.guard.CurrentCaller;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.Evidence;
import dev.rolecall.identity.IamRole;
import dev.rolecall.identity.RoleArn;
import dev.rolecall.identity.RoleId;
import dev.rolecall.identity.pattern.RolePattern;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.PolicySource;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One unary call on the server, with nothing before its handler and with each of the hooks. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ServerHooks {

  private static final Caller CALLER =
      Caller.of(
          new IamRole(
              RoleArn.parse("arn:aws:iam::111122223333:role/checkout"),
              RoleId.parse("AROABENCHMARKBENCHMAR")),
          Evidence.ofSession("aws-iam", Evidence.Carrier.CALL_METADATA, "i-0123456789abcdef0"),
          Instant.ofEpochSecond(32_503_680_000L));

  private static final String AUTHORIZATION = "Bearer " + SignedProofs.text();

  private final FakeTransport transport = new FakeTransport(new ReceivedHeaders(AUTHORIZATION));
  private final Context outer = Context.ROOT.withCancellation();
  private final ServerCallHandler<String, String> handler = UnaryCall::answer;

  private final ServerCallHandler<String, String> noOp =
      behind(
          new ServerInterceptor() {
            @Override
            public <Q, R> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
              return next.startCall(call, headers);
            }
          });

  private final ServerCallHandler<String, String> contexts =
      behind(
          new ServerInterceptor() {
            @Override
            public <Q, R> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
              Context context = CurrentCaller.in(Context.current(), CALLER);
              return Contexts.interceptCall(context, call, headers, next);
            }
          });

  private final ServerCallHandler<String, String> cancellableContexts =
      behind(
          new ServerInterceptor() {
            @Override
            public <Q, R> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
              Context context = CurrentCaller.in(Context.current(), CALLER).withCancellation();
              return Contexts.interceptCall(context, call, headers, next);
            }
          });

  private final CallGuard guard =
      CallGuard.builder(
              PolicySource.fixed(
                  AccessPolicy.builder("orders")
                      .allow(
                          RolePattern.parse("arn:aws:iam::111122223333:role/checkout"),
                          "/orders.v1.Orders/Get")
                      .build()))
          .accept(new KnownCaller(CALLER))
          .build();
  private final ServerCallHandler<String, String> guarded = behind(guard);
  private final ServerCallHandler<String, String> byToken =
      behind(HandWritten.byToken(AUTHORIZATION, CALLER));
  private final ServerCallHandler<String, String> byDigest =
      behind(HandWritten.byDigest(AUTHORIZATION, CALLER));

  private ServerCallHandler<String, String> behind(ServerInterceptor interceptor) {
    return (call, metadata) -> interceptor.interceptCall(call, metadata, handler);
  }

  /** The context that gRPC has attached when it delivers a call's events. */
  @Setup
  public void attach() {
    Context unused = outer.attach();
    if (callGuard() != noInterceptor()) {
      throw new IllegalStateException("the guard does not let the call through");
    }
  }

  /** Stops the guard's threads. */
  @TearDown
  public void close() {
    outer.detach(Context.ROOT);
    guard.close();
  }

  @Benchmark
  public int noInterceptor() {
    return transport.run(handler);
  }

  @Benchmark
  public int noOpInterceptor() {
    return transport.run(noOp);
  }

  @Benchmark
  public int contextsInterceptCall() {
    return transport.run(contexts);
  }

  @Benchmark
  public int contextsThatCanBeCancelled() {
    return transport.run(cancellableContexts);
  }

  @Benchmark
  public int callGuard() {
    return transport.run(guarded);
  }

  @Benchmark
  public int caffeineByToken() {
    return transport.run(byToken);
  }

  @Benchmark
  public int sha256ThenCaffeine() {
    return transport.run(byDigest);
  }
}
