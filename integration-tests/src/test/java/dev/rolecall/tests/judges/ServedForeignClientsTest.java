package dev.rolecall.tests.judges;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.rolecall.cli.echo.EchoGrpc;
import dev.rolecall.cli.echo.WhoAmIRequest;
import dev.rolecall.stsemulator.EmulatedCredentials;
import dev.rolecall.stsemulator.Fault;
import dev.rolecall.stsemulator.StsEmulator;
import dev.rolecall.tests.fixture.SeenRefusal;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.TlsChannelCredentials;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The AWS CLI and the clients of docs/clients, against {@code rolecall serve} over TLS and {@code
 * rolecall verify}, each a process of its own.
 */
@Timeout(900)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("attack")
class ServedForeignClientsTest {

  private static final String CHECKOUT = "arn:aws:iam::111122223333:role/checkout";
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
  private final EmulatedCredentials checkout = emulator.addRole(CHECKOUT);
  private Optional<String> awsCliToken = Optional.empty();
  private Served plain;
  private Served eks;

  /** A running {@code rolecall serve}, with a channel to it. */
  private record Served(
      RolecallCommand command, ManagedChannel channel, Path certificate, Path errors)
      implements AutoCloseable {

    @Override
    public void close() {
      channel.shutdownNow();
      command.close();
    }
  }

  @BeforeAll
  void serve() throws IOException, CertificateException {
    Files.writeString(directory.resolve("orders.yaml"), POLICY);
    RolecallCommand first = start("plain");
    RolecallCommand second = start("eks", "--accept-eks-tokens");
    plain = connected(first, "plain");
    eks = connected(second, "eks");
  }

  private RolecallCommand start(String name, String... more) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("serve", "--port", "0"));
    arguments.addAll(List.of("--audience", "orders", "--sts", sts()));
    arguments.addAll(List.of("--policy", directory.resolve("orders.yaml").toString()));
    arguments.addAll(List.of("--write-cert", directory.resolve(name + ".pem").toString()));
    arguments.addAll(List.of(more));
    return RolecallCommand.start(directory.resolve(name + ".errors"), arguments);
  }

  private Served connected(RolecallCommand command, String name)
      throws IOException, CertificateException {
    String first = command.line();
    assertThat(first).matches("serving orders on 127\\.0\\.0\\.1:\\d+");
    Path pem = directory.resolve(name + ".pem");
    Path der = directory.resolve(name + ".der");
    try (InputStream in = Files.newInputStream(pem)) {
      CertificateFactory x509 = CertificateFactory.getInstance("X.509");
      Files.write(der, x509.generateCertificate(in).getEncoded());
    }
    ManagedChannel channel =
        Grpc.newChannelBuilder(
                first.substring(first.lastIndexOf(' ') + 1),
                TlsChannelCredentials.newBuilder().trustManager(pem.toFile()).build())
            .build();
    return new Served(command, channel, der, directory.resolve(name + ".errors"));
  }

  @AfterEach
  void endFaults() {
    emulator.clearFaults();
  }

  @AfterAll
  void stop() throws IOException {
    try (emulator;
        Served one = plain;
        Served other = eks) {
      String said = Files.readString(one.errors()) + Files.readString(other.errors());
      assertThat(said.contains(checkout.sessionToken().orElseThrow())).as("a secret").isFalse();
    }
  }

  @Test
  void call_withATokenOfTheAwsCli_isAdmitted() {
    assertThat(whoAmI(eks, awsCliToken())).isEqualTo(CHECKOUT);
  }

  @Test
  void call_withATokenOfTheAwsCliWithoutTheSwitch_isMalformed() {
    assertRefused(plain, awsCliToken(), Status.Code.UNAUTHENTICATED, "CREDENTIAL_MALFORMED");
  }

  @ParameterizedTest
  @EnumSource
  void call_withABearerProofOfAForeignClient_isAdmittedByBoth(ForeignClient client) {
    String proof = client.proof(checkout, "orders", "us-east-1", host());

    assertThat(whoAmI(plain, proof)).isEqualTo(CHECKOUT);
    assertThat(whoAmI(eks, proof)).isEqualTo(CHECKOUT);
  }

  @Test
  void grpcurl_withATokenOfTheCommand_isAdmitted() {
    String token = RolecallCommand.token(checkout, sts());
    String trusted = directory.resolve("plain.pem").toString();

    Program.Ended ended = Grpcurl.whoAmI(token, plain.channel().authority(), "-cacert", trusted);

    assertThat(ended.goodOutput()).contains(CHECKOUT);
  }

  @ParameterizedTest
  @EnumSource
  void call_withAProofBoundToOneServer_isAdmittedByThatOneAlone(ForeignClient client) {
    String certificate = plain.certificate().toString();
    String proof = client.proof(checkout, "orders", "us-east-1", host(), certificate);

    assertThat(whoAmI(plain, proof)).isEqualTo(CHECKOUT);
    assertRefused(eks, proof, Status.Code.UNAUTHENTICATED, "CHANNEL_MISMATCH");
  }

  @Test
  void verify_tokenOfTheAwsCli_exitsWithTheAnswer() {
    String token = awsCliToken();

    assertThat(verify(token, "--accept-eks-tokens")).isZero();
    assertThat(verify(token)).isEqualTo(1);
    emulator.fail(Fault.serviceUnavailable());
    assertThat(verify(token, "--accept-eks-tokens")).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource
  void verify_proofOfAForeignClient_exitsWithYes(ForeignClient client) {
    String proof = client.proof(checkout, "orders", "us-east-1", host());

    assertThat(verify(proof)).isZero();
  }

  private int verify(String token, String... more) {
    Program.Ended ended =
        RolecallCommand.program("verify", "--audience", "orders", "--sts", sts(), "-")
            .and(more)
            .reading(token)
            .run()
            .orElseThrow();
    String said = ended.output() + ended.errors();
    assertThat(said.contains(token)).as("the token is repeated").isFalse();
    assertThat(said.contains(CHECKOUT)).isEqualTo(ended.status() == 0);
    return ended.status();
  }

  /** One for all tests: the AWS CLI takes its time, and a token is good for 15 minutes. */
  private String awsCliToken() {
    if (awsCliToken.isEmpty()) {
      awsCliToken = Optional.of(AwsCli.eksToken(emulator.endpoint(), checkout, "orders"));
    }
    return awsCliToken.get();
  }

  private String sts() {
    return emulator.endpoint().toString();
  }

  private String host() {
    return emulator.endpoint().getAuthority();
  }

  private static void assertRefused(Served server, String token, Status.Code code, String reason) {
    SeenRefusal refusal = SeenRefusal.of(catchThrowable(() -> whoAmI(server, token)));
    assertThat(refusal.code()).isEqualTo(code);
    assertThat(refusal.reason()).isEqualTo(reason);
  }

  private static String whoAmI(Served server, String token) {
    Metadata headers = new Metadata();
    headers.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
    return EchoGrpc.newBlockingStub(server.channel())
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
        .whoAmI(WhoAmIRequest.getDefaultInstance())
        .getPrincipal();
  }
}
