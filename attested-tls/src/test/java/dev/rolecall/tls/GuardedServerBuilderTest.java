package dev.rolecall.tls;

import static dev.rolecall.tls.Surroundings.CHECKOUT;
import static dev.rolecall.tls.Surroundings.ORDERS_SERVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.access.scheme.CallerVerifier;
import dev.rolecall.access.scheme.Connection;
import dev.rolecall.access.scheme.Credential;
import dev.rolecall.access.scheme.Reading;
import dev.rolecall.guard.CallGuard;
import dev.rolecall.guard.CallGuardBuilder;
import dev.rolecall.guard.CurrentCaller;
import dev.rolecall.identity.RefusalReason;
import io.grpc.Attributes;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerTransportFilter;
import io.grpc.Status;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The builder of a server: the guard in front, the guards it refuses, and the end of renewals. */
final class GuardedServerBuilderTest {

  @RegisterExtension final Surroundings around = new Surroundings();

  private CallGuard guard() {
    return guardOf(around.guard(Surroundings.everythingFor(CHECKOUT)));
  }

  private CallGuard guardOf(CallGuardBuilder options) {
    return around.closing(options.build());
  }

  /** A caller of the server that is built so, with whatever is done to the builder. */
  private TestCaller callerOf(
      TlsProvider provider, CallGuard guard, UnaryOperator<ServerBuilder<?>> wiring)
      throws IOException {
    ServerBuilder<?> builder =
        around.server(ORDERS_SERVER).newServerBuilder(provider::server, guard);
    Server server = wiring.apply(builder.addService(new Greeter())).build();
    server.start();
    around.closing(() -> Surroundings.end(server));
    return new TestCaller(
        around.closingChannel(
            provider
                .channel(server.getPort(), around.started(around.client(CHECKOUT)).credentials())
                .build()));
  }

  @ParameterizedTest
  @EnumSource
  void interceptor_attachedToTheServersBuilder_runsBehindTheGuard(TlsProvider provider)
      throws Exception {
    List<String> seen = new CopyOnWriteArrayList<>();
    ServerInterceptor recording =
        new ServerInterceptor() {
          @Override
          public <Q, R> ServerCall.Listener<Q> interceptCall(
              ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
            seen.add(CurrentCaller.get().principal().text());
            return next.startCall(call, headers);
          }
        };

    TestCaller admitted = callerOf(provider, guard(), server -> server.intercept(recording));
    assertThat(admitted.greet()).startsWith(CHECKOUT);
    assertThat(seen).containsExactly(CHECKOUT);

    CallGuard denying =
        around.closing(around.guard(Surroundings.everythingFor(ORDERS_SERVER)).build());
    TestCaller refused = callerOf(provider, denying, server -> server.intercept(recording));
    assertThat(refused.refused().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
    assertThat(seen).as("of the admitted call alone").hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void transportFilter_thatDropsTheConnectionsAttributes_admitsNoCallProof(TlsProvider provider)
      throws Exception {
    ServerTransportFilter dropping =
        new ServerTransportFilter() {
          @Override
          public Attributes transportReady(Attributes transport) {
            return Attributes.EMPTY;
          }
        };
    TestCaller caller =
        callerOf(provider, guard(), server -> server.addTransportFilter(dropping))
            .with(around.callProofs(CHECKOUT));

    assertThat(caller.refused().getDescription())
        .isEqualTo(RefusalReason.ATTESTATION_INVALID.statusDescription());
  }

  @Test
  void connectionAge_aboveTheBoundOfTheServersBuilder_isRefused() {
    ServerBuilder<?> server =
        around
            .server(ORDERS_SERVER)
            .maxConnectionAge(Duration.ofMinutes(2))
            .newServerBuilder(TlsProvider.JDK::server, guard());

    server.maxConnectionAge(2, TimeUnit.MINUTES);
    assertThatThrownBy(() -> server.maxConnectionAge(120_001, TimeUnit.MILLISECONDS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("connection age: PT2M0.001S (expected: at most PT2M");
    // What gRPC takes for a connection without an end.
    assertThatThrownBy(() -> server.maxConnectionAge(Long.MAX_VALUE, TimeUnit.DAYS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("(expected: at most PT2M");
  }

  @Test
  void guard_thatReadsNoAttestation_isRefused() {
    CallGuard tokensAlone =
        guardOf(
            CallGuard.builder(Surroundings.everythingFor(CHECKOUT))
                .accept(runtime -> new NoCredential())
                .runtime(around.runtimeOptions().build()));
    TlsProvider provider = TlsProvider.JDK;

    assertThatThrownBy(
            () -> around.server(ORDERS_SERVER).newServerBuilder(provider::server, tokensAlone))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("expected: accept(StsVerifier.forAudience(...))");
    assertThatThrownBy(
            () ->
                around
                    .server(ORDERS_SERVER)
                    .showCertificateInsteadOfAttestation(OrdinaryCertificate.forLocalhost().keys())
                    .newServerBuilder(provider::server, tokensAlone))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("expected: accept(StsVerifier.forAudience(...))");
  }

  /** A scheme of other credentials than attestations. */
  private static final class NoCredential implements CallerVerifier {

    @Override
    public Reading read(Credential credential, Connection connection) {
      return Reading.notMine();
    }

    @Override
    public void close() {}
  }

  @Test
  void guard_thatIsClosed_isRefused() {
    CallGuard closed = guard();
    closed.close();

    assertThatThrownBy(
            () -> around.server(ORDERS_SERVER).newServerBuilder(TlsProvider.JDK::server, closed))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("guard: closed");
    assertThat(around.renewals()).isEmpty();
  }

  @Test
  void guard_closed_endsTheRenewals() {
    CallGuard guard = guard();
    ServerBuilder<?> unused =
        around.server(ORDERS_SERVER).newServerBuilder(TlsProvider.JDK::server, guard);
    assertThat(around.renewals()).hasSize(1);

    guard.close();

    assertThat(around.renewals()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void guard_closedBeforeItsServer_refusesEveryCall(TlsProvider provider) throws Exception {
    CallGuard guard = guard();
    TestCaller caller = callerOf(provider, guard, server -> server);
    assertThat(caller.greet()).startsWith(CHECKOUT);

    guard.close();

    assertThat(caller.refused().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    caller.reconnect();
    assertThat(caller.refused().getDescription())
        .isEqualTo(RefusalReason.GUARD_CLOSED.statusDescription());
  }
}
