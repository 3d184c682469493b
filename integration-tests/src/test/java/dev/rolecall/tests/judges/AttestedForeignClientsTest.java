package dev.rolecall.tests.judges;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.rolecall.cli.echo.EchoGrpc;
import dev.rolecall.cli.echo.WhoAmIRequest;
import dev.rolecall.stsemulator.EmulatedCredentials;
import dev.rolecall.stsemulator.StsEmulator;
import dev.rolecall.tests.checkout.Checkout;
import dev.rolecall.tests.fixture.SeenRefusal;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.TlsChannelCredentials;
import io.grpc.netty.shaded.io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clients in other languages, which show no certificate, against {@code rolecall serve --attested
 * --accept-call-proofs}; and against the same without the switch.
 */
@Timeout(900)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("attack")
class AttestedForeignClientsTest {

  private static final String CHECKOUT = "arn:aws:iam::111122223333:role/checkout";
  private static final String INTERN = "arn:aws:iam::111122223333:role/intern";
  private static final String SERVER = "arn:aws:iam::111122223333:role/orders-server";
  private static final String POLICY =
      """
      name: orders
      allow_rules:
        - name: checkout asks who it is
          source: {principals: ["arn:aws:iam::111122223333:role/checkout"]}
          request: {paths: ["/rolecall.demo.v1.Echo/WhoAmI"]}
      """;

  @TempDir static Path directory;

  private final StsEmulator emulator = StsEmulator.start();
  private final EmulatedCredentials server = emulator.addRole(SERVER);
  private final EmulatedCredentials checkout = emulator.addRole(CHECKOUT);
  private final EmulatedCredentials intern = emulator.addRole(INTERN);
  private Optional<GoClient> go = Optional.empty();
  private RolecallCommand closed;
  private RolecallCommand open;
  private String closedAddress;
  private String openAddress;

  @BeforeAll
  void serve() throws IOException {
    Files.writeString(directory.resolve("orders.yaml"), POLICY);
    closed = start("closed");
    open = start("open", "--accept-call-proofs");
    closedAddress = address(closed);
    openAddress = address(open);
  }

  private RolecallCommand start(String name, String... more) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("serve", "--attested", "--port", "0"));
    arguments.addAll(List.of("--audience", "orders", "--sts", sts()));
    arguments.addAll(List.of("--policy", directory.resolve("orders.yaml").toString()));
    arguments.addAll(List.of(more));
    return RolecallCommand.start(
        directory.resolve(name + ".errors"),
        RolecallCommand.program(arguments.toArray(String[]::new)).signingAs(server));
  }

  private static String address(RolecallCommand command) throws IOException {
    String line = command.line();
    assertThat(line).matches("serving orders on 127\\.0\\.0\\.1:\\d+");
    return line.substring(line.lastIndexOf(' ') + 1);
  }

  @AfterAll
  void stop() {
    try (emulator;
        RolecallCommand one = closed;
        RolecallCommand other = open) {
      assertThat(List.of(one, other)).doesNotContainNull();
    }
  }

  @Test
  void goProgram_isNoLongerThanAPage() throws IOException {
    assertThat(Files.readAllLines(Checkout.path("docs/clients/rolecall_call.go")))
        .hasSizeLessThanOrEqualTo(100);
  }

  @Test
  void goProgram_toAServerOfTheExpectedRole_isAnsweredWithItsOwn() {
    Program.Ended ended = goCall(checkout, "orders", openAddress, SERVER);

    assertThat(ended.goodOutput()).isEqualTo(CHECKOUT);
  }

  @Test
  void goProgram_toAServerOfAnotherRole_sendsNothing() {
    assertFails(
        goCall(checkout, "orders", openAddress, "arn:aws:iam::111122223333:role/orders"),
        ".* STS says of the server: .*assumed-role/orders-server/.*");
  }

  @Test
  void goProgram_toAServerOfAnotherAudience_sendsNothing() {
    assertFails(
        goCall(checkout, "billing", openAddress, SERVER),
        ".* the server shows no proof for billing.*");
  }

  @Test
  void goProgram_ofARoleThatThePolicyDenies_isToldSo() {
    assertFails(
        goCall(intern, "orders", openAddress, SERVER), ".* refused: .*Grpc-Status:\\[7\\].*");
  }

  @Test
  void goProgram_whereCallProofsAreNotAccepted_isTurnedAway() {
    assertFails(goCall(checkout, "orders", closedAddress, SERVER), ".* no (answer|connection): .*");
  }

  private Program.Ended goCall(
      EmulatedCredentials signer, String audience, String address, String role) {
    if (go.isEmpty()) {
      go = Optional.of(GoClient.built(directory));
    }
    return go.get().call(signer, audience, "us-east-1", address, role, sts());
  }

  private void assertFails(Program.Ended ended, String message) {
    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.output()).isEmpty();
    assertThat(ended.errors().strip()).matches(message);
    assertThat(ended.errors()).doesNotContain(checkout.sessionToken().orElseThrow());
  }

  @Test
  void call_withATokenOfTheCommandAndWithoutCertificate_isAdmittedByTheOpenServerAlone() {
    String token = RolecallCommand.token(checkout, sts());

    assertThat(whoAmI(openAddress, authorization(token))).isEqualTo(CHECKOUT);
    assertThat(
            Status.fromThrowable(catchThrowable(() -> whoAmI(closedAddress, authorization(token)))))
        .extracting(Status::getCode)
        .isEqualTo(Status.Code.UNAVAILABLE);
  }

  @Test
  void grpcurl_withATokenOfTheCommandAndWithoutCertificate_isAdmittedByTheOpenServerAlone() {
    String token = RolecallCommand.token(checkout, sts());

    assertThat(Grpcurl.whoAmI(token, openAddress, "-insecure").goodOutput()).contains(CHECKOUT);
    assertThat(Grpcurl.whoAmI(token, closedAddress, "-insecure", "-max-time", "5").status())
        .isNotZero();
  }

  @Test
  void call_withoutProofAndWithoutCertificate_isRefused() {
    SeenRefusal refusal = SeenRefusal.of(catchThrowable(() -> whoAmI(openAddress, new Metadata())));

    assertThat(refusal.code()).isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(refusal.reason()).isEqualTo("CREDENTIAL_MISSING");
  }

  private String sts() {
    return emulator.endpoint().toString();
  }

  private static Metadata authorization(String token) {
    Metadata headers = new Metadata();
    headers.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
    return headers;
  }

  /** As a client that does not know its server. */
  private static String whoAmI(String address, Metadata headers) {
    ManagedChannel channel =
        Grpc.newChannelBuilder(
                address,
                TlsChannelCredentials.newBuilder()
                    .trustManager(InsecureTrustManagerFactory.INSTANCE.getTrustManagers())
                    .build())
            .build();
    try {
      return EchoGrpc.newBlockingStub(channel)
          .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
          .whoAmI(WhoAmIRequest.getDefaultInstance())
          .getPrincipal();
    } finally {
      channel.shutdownNow();
    }
  }
}
