package dev.rolecall.tests.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.identity.Audience;
import dev.rolecall.jwt.key.Algorithm;
import dev.rolecall.jwt.ring.SigningKeys;
import dev.rolecall.stsemulator.EmulatedCredentials;
import dev.rolecall.stsemulator.StsEmulator;
import dev.rolecall.testing.TestCallers;
import dev.rolecall.tests.fixture.EnvoyProcess;
import dev.rolecall.tests.judges.RolecallCommand;
import dev.rolecall.testsupport.ClosedPort;
import dev.rolecall.testsupport.Echo;
import dev.rolecall.testsupport.TestCertificate;
import dev.rolecall.txntoken.TransactionTokenMint;
import dev.rolecall.txntoken.TrustDomain;
import io.grpc.CallOptions;
import io.grpc.ChannelCredentials;
import io.grpc.ClientInterceptors;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A service in Python, which knows its callers by the token that a relay or a checker signs. */
@Tag("attack")
@Timeout(300)
final class PythonServiceTest {

  private static final String CHECKOUT = "arn:aws:iam::111122223333:role/checkout";
  private static final String STRANGER = "arn:aws:iam::111122223333:role/stranger";
  private static final String POLICY =
      """
      name: orders
      allow_rules:
        - name: checkout
          source: {principals: ["arn:aws:iam::111122223333:role/checkout"]}
          request: {paths: ["/rolecall.tests.Echo/*"]}
      public_methods: ["/rolecall.tests.Echo/Ping"]
      """;

  @TempDir Path folder;

  private final Deque<Runnable> open = new ArrayDeque<>();
  private final StsEmulator sts = StsEmulator.start();
  private final EmulatedCredentials checkout = sts.addRole(CHECKOUT);
  private final EmulatedCredentials stranger = sts.addRole(STRANGER);

  @BeforeEach
  void write() throws IOException {
    open.push(sts::close);
    Files.writeString(folder.resolve("orders.yaml"), POLICY);
  }

  @AfterEach
  void stop() {
    open.forEach(Runnable::run);
  }

  /** Starts a proxy of that command, which prints its address and then the URL of its keys. */
  private RunningProxy proxy(String command, String... more) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                command,
                "--plaintext",
                "--port=0",
                "--audience=orders",
                "--policy=" + folder.resolve("orders.yaml"),
                "--sts=" + sts.endpoint(),
                "--txn-domain=prod.example",
                "--drain=PT0.1S",
                "--txn-workload=arn:aws:iam::111122223333:role/edge"));
    arguments.addAll(List.of(more));
    RunningProxy proxy = RunningProxy.start(folder.resolve(command + ".errors"), arguments);
    open.push(proxy::close);
    return proxy;
  }

  private PythonService service(int keysPort) throws IOException {
    PythonService service =
        PythonService.start(
            "http://127.0.0.1:" + keysPort + "/.well-known/jwks.json",
            folder.resolve("service.errors"));
    open.push(service::close);
    return service;
  }

  private ManagedChannel channel(int port, ChannelCredentials credentials) {
    ManagedChannel channel =
        Grpc.newChannelBuilderForAddress("127.0.0.1", port, credentials).build();
    open.push(channel::shutdownNow);
    return channel;
  }

  private ManagedChannel channel(int port) {
    return channel(port, InsecureChannelCredentials.create());
  }

  @Test
  void relay_tellsTheServiceWhoCalled_andRefusesTheOthers() throws Exception {
    PythonService.interpreter();
    int http = ClosedPort.any();
    PythonService service = service(http);
    RunningProxy relay =
        proxy("relay", "--http-port=" + http, "--upstream=127.0.0.1:" + service.port());
    ManagedChannel channel = channel(relay.port());

    assertToldWhoCalled(channel);
    assertThat(failure(channel, proof(stranger))).isEqualTo(Status.Code.PERMISSION_DENIED);
    assertThat(failure(channel, headers("txn-token", "forged")))
        .isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(call(channel, Echo.PING, headers("txn-token", "forged"))).isEqualTo("pong");
  }

  @Test
  void checker_tellsTheServiceWhoCalled_throughEnvoy() throws Exception {
    PythonService.interpreter();
    EnvoyProcess.program();
    RunningProxy checker = proxy("envoy-checker", "--http-port=0");
    PythonService service = service(checker.http());
    ManagedChannel channel = edge(checker, service.port());

    assertToldWhoCalled(channel);
    assertThat(failure(channel, proof(stranger))).isEqualTo(Status.Code.PERMISSION_DENIED);
  }

  @Test
  void envoyBesideTheService_verifiesTheToken_andNamesTheCallerInAHeader() throws Exception {
    PythonService.interpreter();
    EnvoyProcess.program();
    RunningProxy checker = proxy("envoy-checker", "--http-port=0");
    PythonService service = service(checker.http());
    ManagedChannel channel = edge(checker, beside(service, checker.http()));

    assertThat(call(channel, Echo.SAY, proof(checkout)))
        .contains("\"principal\": \"" + CHECKOUT + "\"")
        .contains("\"sub\": \"" + CHECKOUT + "\"");
  }

  @Test
  void tokens_thatAreNotForTheService_areRefusedByPythonAndByEnvoy() throws Exception {
    PythonService.interpreter();
    EnvoyProcess.program();
    Path ring = folder.resolve("ring.json");
    assertThat(
            RolecallCommand.start(
                    folder.resolve("rotate.errors"),
                    List.of("exchange", "rotate", "--key-ring", ring.toString()))
                .line())
        .isNotEmpty();
    RunningProxy checker = proxy("envoy-checker", "--http-port=0", "--txn-key-ring=" + ring);
    PythonService service = service(checker.http());
    ManagedChannel direct = channel(service.port());
    ManagedChannel behindEnvoy = channel(beside(service, checker.http()));
    Clock past = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(-3));

    for (ManagedChannel each : List.of(direct, behindEnvoy)) {
      assertThat(call(each, Echo.SAY, token("prod.example", "orders", ring, Clock.systemUTC())))
          .contains(CHECKOUT);
      assertRefused(each, "no token", new Metadata());
      assertRefused(each, "no JWT", headers("txn-token", "forged"));
      assertRefused(
          each, "another service", token("prod.example", "inventory", ring, Clock.systemUTC()));
      assertRefused(
          each, "another domain", token("test.example", "orders", ring, Clock.systemUTC()));
      assertRefused(each, "expired", token("prod.example", "orders", ring, past));
      assertRefused(
          each,
          "another key",
          token(
              "prod.example",
              "orders",
              SigningKeys.inMemory(Algorithm.RS256, new SecureRandom()),
              Clock.systemUTC()));
    }
    // Envoy takes away what says who called before it says so itself.
    Metadata forged = token("prod.example", "orders", ring, Clock.systemUTC());
    forged.merge(headers("x-rolecall-principal", STRANGER));
    assertThat(call(behindEnvoy, Echo.SAY, forged)).doesNotContain(STRANGER);
  }

  private Metadata token(String domain, String service, Path ring, Clock clock) {
    return token(domain, service, SigningKeys.follow(ring), clock);
  }

  private static Metadata token(String domain, String service, SigningKeys keys, Clock clock) {
    try (AccessRuntime runtime = AccessRuntime.builder().clock(clock).build();
        TransactionTokenMint mint =
            TransactionTokenMint.builder(new TrustDomain(domain), "tests", keys, runtime).build()) {
      return headers(
          "txn-token",
          mint.tokenFor(TestCallers.role(CHECKOUT), Audience.of(service)).orElseThrow().text());
    }
  }

  private void assertRefused(ManagedChannel channel, String what, Metadata headers) {
    assertThat(failure(channel, headers))
        .as("%s", what)
        .isIn(Status.Code.UNAUTHENTICATED, Status.Code.PERMISSION_DENIED);
  }

  /** An Envoy at the edge that asks the checker, before that port. */
  private ManagedChannel edge(RunningProxy checker, int port) throws IOException {
    TestCertificate certificate = TestCertificate.generate();
    certificate.writePem(folder.resolve("tls.crt"), folder.resolve("tls.key"));
    EnvoyProcess envoy =
        EnvoyProcess.start(
            Files.createDirectory(folder.resolve("edge")),
            EnvoyProcess.shipped("edge.yaml")
                .with("/etc/envoy/tls", folder.toString())
                .with("0.0.0.0, port_value: 8443", "127.0.0.1, port_value: 0")
                .with("port_value: 9191", "port_value: " + checker.port())
                .with("address: orders.internal", "address: 127.0.0.1")
                .with("port_value: 50051", "port_value: " + port));
    open.push(envoy::close);
    envoy.awaitStatistic("cluster.rolecall_checker.membership_healthy: 1");
    return channel(envoy.port(), TestCertificate.trusting(certificate));
  }

  /** An Envoy beside the service, which verifies tokens. */
  private int beside(PythonService service, int keysPort) throws IOException {
    EnvoyProcess envoy =
        EnvoyProcess.start(
            Files.createDirectory(folder.resolve("beside")),
            EnvoyProcess.shipped("jwt_authn.yaml")
                .with("0.0.0.0, port_value: 8080", "127.0.0.1, port_value: 0")
                .with("rolecall-proxy.internal", "127.0.0.1")
                .with("port_value: 9464", "port_value: " + keysPort)
                .with("127.0.0.1:9464", "127.0.0.1:" + keysPort)
                .with("port_value: 50051", "port_value: " + service.port()));
    open.push(envoy::close);
    return envoy.port();
  }

  private void assertToldWhoCalled(ManagedChannel channel) {
    Metadata headers = proof(checkout);
    headers.merge(headers("txn-token", "forged"));
    assertThat(call(channel, Echo.SAY, headers))
        .contains("\"sub\": \"" + CHECKOUT + "\"")
        .contains("\"req_wl\": \"arn:aws:iam::111122223333:role/edge\"")
        .contains("\"life\": 60", "\"authn\": \"aws-iam\"", "\"message\": \"hello\"")
        .doesNotContain("authorization");
  }

  private Metadata proof(EmulatedCredentials role) {
    return headers(
        "authorization", "Bearer " + RolecallCommand.token(role, sts.endpoint().toString()));
  }

  private static Metadata headers(String name, String value) {
    Metadata headers = new Metadata();
    headers.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value);
    return headers;
  }

  private static String call(
      ManagedChannel channel, MethodDescriptor<String, String> method, Metadata headers) {
    return ClientCalls.blockingUnaryCall(
        ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers)),
        method,
        CallOptions.DEFAULT.withDeadlineAfter(1, TimeUnit.MINUTES),
        "hello");
  }

  private static Status.Code failure(ManagedChannel channel, Metadata headers) {
    StatusRuntimeException[] failed = new StatusRuntimeException[1];
    assertThatThrownBy(() -> call(channel, Echo.SAY, headers))
        .isInstanceOfSatisfying(StatusRuntimeException.class, e -> failed[0] = e);
    return failed[0].getStatus().getCode();
  }
}
