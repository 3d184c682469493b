package dev.rolecall.tests.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.stsemulator.EmulatedCredentials;
import dev.rolecall.stsemulator.StsEmulator;
import dev.rolecall.tests.fixture.EnvoyProcess;
import dev.rolecall.tests.fixture.OidcProvider;
import dev.rolecall.tests.judges.RolecallCommand;
import dev.rolecall.testsupport.ClosedPort;
import dev.rolecall.testsupport.Echo;
import dev.rolecall.testsupport.TestCertificate;
import io.grpc.CallOptions;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * People log in at an OpenID provider of other makers by deploy/envoy/login.yaml, and their pages
 * call a service of gRPC by the policy that a role calls it by.
 */
@Tag("attack")
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LoginTest {

  private static final String CHECKOUT = "arn:aws:iam::111122223333:role/checkout";
  private static final String POLICY =
      """
      name: orders
      allow_rules:
        - name: alice says
          source: {principals: ["oidc:op:alice"]}
          request: {paths: ["/rolecall.tests.Echo/Say"]}
        - name: checkout says and counts
          source: {principals: ["arn:aws:iam::111122223333:role/checkout"]}
          request: {paths: ["/rolecall.tests.Echo/Say", "/rolecall.tests.Echo/Count"]}
      """;

  @TempDir static Path directory;

  private final TestCertificate certificate = TestCertificate.generate();
  private final StsEmulator sts = StsEmulator.start();
  private final EmulatedCredentials checkout = sts.addRole(CHECKOUT);
  private HeaderKeepingService service;
  private OidcProvider provider;
  private RolecallCommand checker;
  private EnvoyProcess envoy;
  private URI origin;
  private String checkerPort;

  @BeforeAll
  void start() throws IOException {
    EnvoyProcess.program();
    origin = URI.create("https://127.0.0.1:" + ClosedPort.any());
    provider = OidcProvider.start("{\"redirect\": \"" + origin + "/callback\"}");
    service = HeaderKeepingService.start();
    certificate.writePem(directory.resolve("tls.crt"), directory.resolve("tls.key"));
    Files.writeString(directory.resolve("client-secret"), provider.secret());
    Files.writeString(directory.resolve("cookie-key"), "k".repeat(32));
    Files.writeString(directory.resolve("orders.yaml"), POLICY);
    checker =
        RolecallCommand.start(
            directory.resolve("checker.errors"),
            List.of(
                "envoy-checker",
                "--plaintext",
                "--port=0",
                "--audience=orders",
                "--policy=" + directory.resolve("orders.yaml"),
                "--sts=" + sts.endpoint(),
                "--identity-headers",
                "--drain=PT0.1S",
                "--issuer=op=" + provider.issuer()));
    String first = checker.line();
    assertThat(first).startsWith("checking orders on 127.0.0.1:");
    checkerPort = first.substring(first.lastIndexOf(':') + 1);
    envoy = EnvoyProcess.start(directory, loginConfiguration());
    envoy.awaitStatistic("cluster.rolecall_checker.membership_healthy: 1");
  }

  private EnvoyProcess.ShippedConfiguration edgeConfiguration() {
    return atThePlacesOfThisTest("edge.yaml", 0);
  }

  private EnvoyProcess.ShippedConfiguration atThePlacesOfThisTest(String file, int port) {
    return EnvoyProcess.shipped(file)
        .with("/etc/envoy/tls", directory.toString())
        .with("0.0.0.0, port_value: 8443", "127.0.0.1, port_value: " + port)
        .with("port_value: 9191", "port_value: " + checkerPort)
        .with("address: orders.internal", "address: 127.0.0.1")
        .with("port_value: 50051", "port_value: " + service.port());
  }

  /** The provider speaks plain http here, on loopback. */
  private EnvoyProcess.ShippedConfiguration loginConfiguration() {
    return atThePlacesOfThisTest("login.yaml", origin.getPort())
        .with("/etc/envoy/login", directory.toString())
        .with("/orders.v1.Orders/\"}", "/" + Echo.SERVICE + "/\"}")
        .without(
            "      # Keep: the client's secret",
            "      load_assignment:\n        cluster_name: idp")
        .with("https://idp.example", provider.issuer().toString())
        .with(
            "address: idp.example, port_value: 443",
            "address: 127.0.0.1, port_value: " + provider.issuer().getPort())
        .with("https://resource.example/orders", "https://resource.example/rs256");
  }

  @AfterAll
  void stop() {
    sts.close();
    for (AutoCloseable each : new AutoCloseable[] {envoy, checker, service, provider}) {
      if (each != null) {
        closed(each);
      }
    }
  }

  private static void closed(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private Browser browser() {
    return new Browser(origin, certificate);
  }

  private Browser loggedIn() throws Exception {
    Browser browser = browser();
    assertThat(browser.visit("/start").body()).as("%s", provider.log()).isEqualTo("logged in\n");
    return browser;
  }

  @Test
  void person_whoLogsIn_callsWhatThePolicyAllows_andNothingElse() throws Exception {
    Browser browser = loggedIn();

    Browser.Answer said = browser.call(Echo.SAY.getFullMethodName(), "hello");
    assertThat(said.code()).as("%s", said).isEqualTo(Status.Code.OK);
    assertThat(said.text()).contains("hello");
    assertThat(service.last("x-rolecall-principal")).containsExactly("oidc:op:alice");
    assertThat(service.last("x-rolecall-scheme")).containsExactly("oidc");
    assertThat(service.last("authorization")).isEmpty();
    assertThat(service.last("cookie")).isEmpty();

    int before = service.calls();
    Browser.Answer counted = browser.call(Echo.COUNT.getFullMethodName(), "3");
    assertThat(counted.code()).as("%s", counted).isEqualTo(Status.Code.PERMISSION_DENIED);
    assertThat(service.calls()).isEqualTo(before);
  }

  @Test
  void role_atTheEdge_isJudgedByTheSamePolicyFile() throws Exception {
    Metadata proof = new Metadata();
    proof.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER),
        "Bearer " + RolecallCommand.token(checkout, sts.endpoint().toString()));
    try (EnvoyProcess edge =
        EnvoyProcess.start(Files.createDirectory(directory.resolve("edge")), edgeConfiguration())) {
      edge.awaitStatistic("cluster.rolecall_checker.membership_healthy: 1");
      ManagedChannel channel =
          Grpc.newChannelBuilderForAddress(
                  "127.0.0.1", edge.port(), TestCertificate.trusting(certificate))
              .intercept(MetadataUtils.newAttachHeadersInterceptor(proof))
              .build();
      try {
        assertThat(call(channel, Echo.SAY)).contains("hello");
        assertThat(service.last("x-rolecall-principal")).containsExactly(CHECKOUT);
        assertThatThrownBy(() -> call(channel, Echo.PING))
            .hasMessageStartingWith(Status.Code.PERMISSION_DENIED.name());
      } finally {
        channel.shutdownNow();
      }
    }
  }

  private static String call(ManagedChannel channel, MethodDescriptor<String, String> method) {
    return ClientCalls.blockingUnaryCall(
        channel, method, CallOptions.DEFAULT.withDeadlineAfter(1, TimeUnit.MINUTES), "hello");
  }

  @Test
  void page_ofOneWhoIsNotLoggedIn_isToldSo_andNotRedirected() throws Exception {
    int before = service.calls();

    assertThat(browser().call(Echo.SAY.getFullMethodName(), "hello").http()).isEqualTo(401);
    assertThat(
            browser()
                .call(
                    Echo.SAY.getFullMethodName(),
                    "hello",
                    Map.of(
                        "Origin",
                        origin.toString(),
                        "Authorization",
                        "Bearer " + provider.login().access()))
                .http())
        .as("a token without a login")
        .isEqualTo(401);
    assertThat(service.calls()).isEqualTo(before);
  }

  @Test
  void pageOfAnotherSite_hasNoCallMade_withTheCookiesOfAPerson() throws Exception {
    Browser browser = loggedIn();
    int before = service.calls();

    assertThat(
            browser
                .call(
                    Echo.SAY.getFullMethodName(), "hello", Map.of("Origin", "https://evil.example"))
                .http())
        .isEqualTo(403);
    assertThat(browser.call(Echo.SAY.getFullMethodName(), "hello", Map.of()).http()).isEqualTo(403);
    assertThat(service.calls()).isEqualTo(before);
  }

  @Test
  void forgedIdentity_ofAPerson_isReplaced() throws Exception {
    Browser.Answer said =
        loggedIn()
            .call(
                Echo.SAY.getFullMethodName(),
                "hello",
                Map.of(
                    "Origin",
                    origin.toString(),
                    "X-Rolecall-Principal",
                    CHECKOUT,
                    "Txn-Token",
                    "forged"));

    assertThat(said.code()).isEqualTo(Status.Code.OK);
    assertThat(service.last("x-rolecall-principal")).containsExactly("oidc:op:alice");
    assertThat(service.last("txn-token")).isEmpty();
  }
}
