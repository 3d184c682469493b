package dev.rolecall.tls;

import static dev.rolecall.tls.Surroundings.AUDIENCE;
import static dev.rolecall.tls.Surroundings.CHECKOUT;
import static dev.rolecall.tls.Surroundings.ORDERS_SERVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.access.scheme.CallerVerifier;
import dev.rolecall.access.scheme.Connection;
import dev.rolecall.access.scheme.Credential;
import dev.rolecall.access.scheme.Reading;
import dev.rolecall.access.scheme.Scheme;
import dev.rolecall.guard.CallGuard;
import dev.rolecall.guard.CallGuardBuilder;
import dev.rolecall.guard.CurrentCaller;
import dev.rolecall.identity.Audience;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.testsupport.CapturedLog;
import dev.rolecall.verifier.StsVerifier;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.io.IOException;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Ends that do not fit each other, or their guard: what is wrong is said, at the end that has it,
 * with the cure.
 */
final class HalfWiredTest {

  @RegisterExtension final Surroundings around = new Surroundings();

  private CapturedLog log;

  @BeforeEach
  void listen() {
    log = around.closing(CapturedLog.of("rolecall.tls"));
  }

  private CallGuard guard(Scheme... schemes) {
    CallGuardBuilder options =
        CallGuard.builder(Surroundings.everythingFor(CHECKOUT))
            .runtime(around.runtimeOptions().build());
    List.of(schemes).forEach(options::accept);
    return around.closing(options.build());
  }

  private StsVerifier verifier(String audience) {
    return around.verifier(Audience.of(audience));
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
            seen.add(CurrentCaller.get().role().toString());
            return next.startCall(call, headers);
          }
        };

    TestCaller admitted =
        callerOf(provider, guard(verifier(AUDIENCE)), server -> server.intercept(recording));
    assertThat(admitted.greet()).startsWith(CHECKOUT);
    assertThat(seen).containsExactly(CHECKOUT);

    CallGuard denying =
        around.closing(around.guard(Surroundings.everythingFor(ORDERS_SERVER)).build());
    TestCaller refused = callerOf(provider, denying, server -> server.intercept(recording));
    assertThat(refused.refused().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
    assertThat(seen).as("of the admitted call alone").hasSize(1);
  }

  @Test
  void connectionAge_aboveTheBoundOfTheServersBuilder_isRefused() {
    ServerBuilder<?> server =
        around
            .server(ORDERS_SERVER)
            .maxConnectionAge(Duration.ofMinutes(2))
            .newServerBuilder(TlsProvider.JDK::server, guard(verifier(AUDIENCE)));

    server.maxConnectionAge(2, TimeUnit.MINUTES);
    assertThatThrownBy(() -> server.maxConnectionAge(120_001, TimeUnit.MILLISECONDS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("connection age: PT2M0.001S (expected: at most PT2M");
  }

  @Test
  void guard_thatReadsNoAttestation_isRefused() {
    CallGuard tokensAlone = guard(runtime -> new NoCredential());
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
    CallGuard closed = guard(verifier(AUDIENCE));
    closed.close();

    assertThatThrownBy(
            () -> around.server(ORDERS_SERVER).newServerBuilder(TlsProvider.JDK::server, closed))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("guard: closed");
    assertThat(around.renewals()).isEmpty();
  }

  @Test
  void guard_closed_endsTheRenewals() {
    CallGuard guard = guard(verifier(AUDIENCE));
    ServerBuilder<?> unused =
        around.server(ORDERS_SERVER).newServerBuilder(TlsProvider.JDK::server, guard);
    assertThat(around.renewals()).hasSize(1);

    guard.close();

    assertThat(around.renewals()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void guard_closedBeforeItsServer_refusesEveryCall(TlsProvider provider) throws Exception {
    CallGuard guard = guard(verifier(AUDIENCE));
    TestCaller caller = callerOf(provider, guard, server -> server);
    assertThat(caller.greet()).startsWith(CHECKOUT);

    guard.close();

    assertThat(caller.refused().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    caller.reconnect();
    assertThat(caller.refused().getDescription())
        .isEqualTo(RefusalReason.GUARD_CLOSED.statusDescription());
  }

  @ParameterizedTest
  @EnumSource
  void ends_thatArePutTogetherRight_saySoByNothing(TlsProvider provider) {
    RunningServer server = around.start(provider, around.server(ORDERS_SERVER));

    assertThat(around.caller(provider, around.client(CHECKOUT), server).greet())
        .startsWith(CHECKOUT);
    assertThat(log.with("")).isEmpty();
  }

  @Test
  void verifier_forAnotherAudience_doesNotStart() {
    CallGuard billing = guard(verifier("billing"));

    assertThatThrownBy(
            () -> around.server(ORDERS_SERVER).newServerBuilder(TlsProvider.JDK::server, billing))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("another audience (expected: StsVerifier.forAudience of orders");
    assertThatThrownBy(() -> around.client(CHECKOUT).verifier(verifier("billing")).start())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("another audience");
    assertThat(around.asked()).isZero();
    assertThat(around.renewals()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void endpoint_thatTheClientsVerifierDoesNotKnow_isToldOfAtItsStartAndByItsCalls(
      TlsProvider provider) {
    RunningServer server = around.start(provider, around.server(ORDERS_SERVER));
    StsVerifier ofAws = StsVerifier.forAudience(AUDIENCE);
    assertThat(log.with("")).isEmpty();

    TestCaller caller = around.caller(provider, around.client(CHECKOUT).verifier(ofAws), server);

    String sts = around.sts().endpoint().getAuthority();
    assertThat(log.with("proves its role by the STS at " + sts))
        .singleElement()
        .asString()
        .contains("acceptCustomEndpoint(...)");
    Status status = caller.refused();
    assertThat(status.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(status.getDescription())
        .startsWith("the server's attestation is refused: ISSUER_NOT_ALLOWED")
        .contains(sts, "this client's verifier", "acceptCustomEndpoint(...)");
    assertThat(server.streams()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void server_forAnotherAudience_isNamedInTheStatus(TlsProvider provider) {
    RunningServer server = around.start(provider, around.server("billing", ORDERS_SERVER));

    assertThat(around.caller(provider, around.client(CHECKOUT), server).refused().getDescription())
        .contains("AUDIENCE_MISMATCH: it is for the audience billing");
  }

  @Test
  void server_withTheKeyOfAnotherCertificate_doesNotStart() {
    OrdinaryCertificate one = OrdinaryCertificate.forLocalhost();
    KeyPair another = Forgery.keyPair();

    assertThatThrownBy(
            () ->
                around
                    .server(ORDERS_SERVER)
                    .showCertificateInsteadOfAttestation(
                        new FixedKeys(one.certificate(), another.getPrivate()))
                    .newServerBuilder(TlsProvider.JDK::server, guard(verifier(AUDIENCE))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the private key of \"only\" is not its certificate's");
  }

  @Test
  void server_withoutAKeyManager_doesNotStart() {
    assertThatThrownBy(
            () ->
                around
                    .server(ORDERS_SERVER)
                    .showCertificateInsteadOfAttestation()
                    .newServerBuilder(TlsProvider.JDK::server, guard(verifier(AUDIENCE))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no key manager");
  }

  @ParameterizedTest
  @EnumSource
  void end_closedBeforeItsChannel_isNamedInTheStatus(TlsProvider provider) {
    RunningServer server = around.start(provider, around.server(ORDERS_SERVER));
    AttestedChannel tls = around.started(around.client(CHECKOUT));
    TestCaller caller = around.caller(provider, tls.credentials(), server);
    tls.close();

    Status status = caller.refused();

    assertThat(status.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(status.getDescription()).startsWith("the AttestedChannel").contains("is closed");
  }

  @ParameterizedTest
  @EnumSource
  void client_withAnOrdinaryCertificate_isToldOfOnceAtTheServer(TlsProvider provider) {
    RunningServer server = around.start(provider, around.server(ORDERS_SERVER));
    OrdinaryCertificate ordinary = OrdinaryCertificate.forLocalhost();
    TestCaller caller = around.caller(provider, Forgery.client(ordinary.keys()), server);

    assertThat(caller.refused().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    caller.channel().resetConnectBackoff();
    assertThat(caller.refused().getCode()).isEqualTo(Status.Code.UNAVAILABLE);

    assertThat(log.with("the client is none of AttestedTls.channel")).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void server_withAnOrdinaryCertificate_isToldOfAtTheClient(TlsProvider provider) {
    OrdinaryCertificate ordinary = OrdinaryCertificate.forLocalhost();
    RunningServer server =
        around.start(
            provider,
            around.server(ORDERS_SERVER).showCertificateInsteadOfAttestation(ordinary.keys()));

    assertThat(around.caller(provider, around.client(CHECKOUT), server).refused().getCode())
        .isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(log.with("the server attests nothing, or TLS ends in between")).hasSize(1);
  }
}
