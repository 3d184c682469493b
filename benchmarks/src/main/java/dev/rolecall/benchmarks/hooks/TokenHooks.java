package dev.rolecall.benchmarks.hooks;

import com.sun.net.httpserver.HttpServer;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.access.scheme.Scheme;
import dev.rolecall.guard.CallGuard;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.Evidence;
import dev.rolecall.identity.IamRole;
import dev.rolecall.identity.pattern.PrincipalPattern;
import dev.rolecall.jwt.key.Algorithm;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.PolicySource;
import dev.rolecall.tokens.TokenIssuer;
import io.grpc.Context;
import io.grpc.ServerCallHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One unary call on the server that knows its caller: by a proof, and by a token. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TokenHooks {

  private static final String ROLE = "arn:aws:iam::111122223333:role/checkout";
  private static final String METHOD = "/orders.v1.Orders/Get";
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  private final IssuedToken token = IssuedToken.of(Algorithm.RS256);
  private final HttpServer issuer = publishing(token);
  private final ServerCallHandler<String, String> handler = UnaryCall::answer;
  private final FakeTransport withProof =
      new FakeTransport(new ReceivedHeaders("Bearer " + SignedProofs.text()));
  private final FakeTransport withToken =
      new FakeTransport(new ReceivedHeaders("Bearer " + token.text()));
  private final Context outer = Context.ROOT.withCancellation();

  private final CallGuard ofProofs =
      guard(
          ROLE,
          new KnownCaller(
              Caller.of(
                  IamRole.of(ROLE, "AROABENCHMARKBENCHMAR"),
                  Evidence.ofSession("aws-iam", Evidence.Carrier.CALL_METADATA, "i-0123456789"),
                  Instant.ofEpochSecond(32_503_680_000L))));
  private final CallGuard ofTokens =
      guard(
          "oidc:idp:0oa1b2c3d4e5f6g7h8i9",
          TokenIssuer.of("idp", IssuedToken.ISSUER)
              .keySetUrl(URI.create("http://127.0.0.1:" + issuer.getAddress().getPort() + "/"))
              .allowPlainHttpOnLoopback()
              .forAudience(SignedProofs.AUDIENCE));
  private final ServerCallHandler<String, String> byProof =
      (call, metadata) -> ofProofs.interceptCall(call, metadata, handler);
  private final ServerCallHandler<String, String> byToken =
      (call, metadata) -> ofTokens.interceptCall(call, metadata, handler);

  /** An issuer that publishes the key of the token. */
  private static HttpServer publishing(IssuedToken token) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      byte[] keys = token.keys().toJson();
      server.createContext(
          "/",
          exchange -> {
            exchange.sendResponseHeaders(200, keys.length);
            exchange.getResponseBody().write(keys);
            exchange.close();
          });
      server.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static CallGuard guard(String principal, Scheme scheme) {
    return CallGuard.builder(
            PolicySource.fixed(
                AccessPolicy.builder("orders")
                    .allow("callers", List.of(PrincipalPattern.parse(principal)), METHOD)
                    .build()))
        .accept(scheme)
        .runtime(
            AccessRuntime.builder()
                .clock(Clock.fixed(Instant.ofEpochSecond(IssuedToken.NOW), ZoneOffset.UTC))
                .build())
        .build();
  }

  /** Makes both callers known to their connections, in the context that gRPC attaches. */
  @Setup
  public void attach() {
    Context unused = outer.attach();
    know(withProof, byProof);
    know(withToken, byToken);
  }

  /** The keys come in the background, and so does the first verdict. */
  private void know(FakeTransport transport, ServerCallHandler<String, String> guarded) {
    long began = System.nanoTime();
    int whole = transport.run(handler);
    while (transport.run(guarded) != whole) {
      if (System.nanoTime() - began > LONGEST_WAIT.toNanos()) {
        throw new IllegalStateException("the guard does not admit the call");
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  /** Stops the guards' threads and the issuer. */
  @TearDown
  public void close() {
    outer.detach(Context.ROOT);
    ofProofs.close();
    ofTokens.close();
    issuer.stop(0);
  }

  @Benchmark
  public int callGuardByProof() {
    return withProof.run(byProof);
  }

  @Benchmark
  public int callGuardByToken() {
    return withToken.run(byToken);
  }
}
