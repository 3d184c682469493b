package dev.rolecall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.cli.echo.EchoGrpc;
import dev.rolecall.cli.echo.WhoAmIRequest;
import dev.rolecall.cli.echo.WhoAmIResponse;
import dev.rolecall.cli.terminal.ExitStatus;
import dev.rolecall.testsupport.ServedProcess;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.TlsChannelCredentials;
import io.grpc.stub.MetadataUtils;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The emulator, a server, a proof and its verdict, each from a command, as in the help texts. */
@Timeout(600)
final class CommandsTogetherTest {

  @RegisterExtension static final Shell SHELL = new Shell();

  @TempDir Path directory;

  private String at(String name) {
    return directory.resolve(name).toString();
  }

  private static String token(Path credentials, String sts) {
    CommandRun run =
        SHELL.as("checkout", credentials, "token", "--audience", "orders", "--sts", sts);
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isEqualTo(ExitStatus.YES);
    return run.out().strip();
  }

  @Test
  void token_ofTheRoleAtHand_isVerifiedForItsAudienceAndStsAlone() {
    String sts = SHELL.running().sts();
    String token = token(SHELL.running().credentials(), sts);
    assertThat(token).startsWith("rolecall-v1~127.0.0.1:");

    CommandRun good = CommandRun.of("verify", "--audience", "orders", "--sts", sts, token);
    assertThat(good.status()).isEqualTo(ExitStatus.YES);
    assertThat(good.out()).contains("arn:aws:iam::111122223333:role/checkout");

    CommandRun asJson =
        CommandRun.of("verify", "--json", "--audience", "orders", "--sts", sts, token);
    assertThat(asJson.out()).startsWith("{\"result\":\"verified\",\"role\":\"arn:aws:iam::1111");

    CommandRun elsewhere = CommandRun.of("verify", "--audience", "billing", "--sts", sts, token);
    assertThat(elsewhere.status()).isEqualTo(ExitStatus.NO);
    assertThat(elsewhere.err()).contains("AUDIENCE_MISMATCH", "-> give").doesNotContain(token);

    CommandRun unknownHost = CommandRun.of("verify", "--audience", "orders", token);
    assertThat(unknownHost.status()).isEqualTo(ExitStatus.NO);
    assertThat(unknownHost.err()).contains("ISSUER_NOT_ALLOWED");
  }

  @Test
  void token_onACallOfAnyGrpcClient_isAdmitted() throws Exception {
    String token = token(SHELL.running().credentials(), SHELL.running().sts());
    ManagedChannel channel =
        Grpc.newChannelBuilder(
                SHELL.running().server(),
                TlsChannelCredentials.newBuilder()
                    .trustManager(SHELL.running().certificate().toFile())
                    .build())
            .build();
    try {
      assertThat(whoAmI(channel, token).getPrincipal())
          .isEqualTo("arn:aws:iam::111122223333:role/checkout");
    } finally {
      channel.shutdownNow();
    }
  }

  private static WhoAmIResponse whoAmI(ManagedChannel channel, String token) {
    Metadata headers = new Metadata();
    headers.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
    return EchoGrpc.newBlockingStub(channel)
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
        .whoAmI(WhoAmIRequest.getDefaultInstance());
  }

  @Test
  void processes_toldToStop_endAsShellsExpect_andWithoutStsNobodyCanTell() throws Exception {
    Path credentials = directory.resolve("credentials");
    try (ServedProcess sts =
        ServedProcess.start(
            Map.of(), "sts", "--port", "0", "--write-credentials", credentials.toString())) {
      String first = sts.line();
      assertThat(first).matches("sts emulator on http://127\\.0\\.0\\.1:\\d+");
      String url = RunningCommands.lastWord(first);
      String token = token(credentials, url);
      try (ServedProcess serve =
          SHELL
              .running()
              .serve(url, RunningCommands.profile("reporting", credentials), "--attested")) {
        String second = serve.line();
        assertThat(second).matches("serving orders on 127\\.0\\.0\\.1:\\d+");
        assertThat(sts.terminate()).isEqualTo(128 + 15);

        allCouldNotTell(url, RunningCommands.lastWord(second), credentials, token);

        assertThat(serve.terminate()).isEqualTo(128 + 15);
      }
    }
  }

  private static void allCouldNotTell(String sts, String server, Path credentials, String token) {
    CommandRun verify = CommandRun.of("verify", "--audience", "orders", "--sts", sts, token);
    CommandRun inspect =
        CommandRun.of("tls", "inspect", "--audience", "orders", "--sts", sts, server);
    CommandRun call =
        SHELL.as(
            "checkout",
            credentials,
            "call",
            "--attested",
            "--audience",
            "orders",
            "--sts",
            sts,
            "--expect-server-role",
            "arn:aws:iam::111122223333:role/reporting",
            server,
            "rolecall.demo.v1.Echo/WhoAmI");

    assertThat(List.of(verify.status(), inspect.status(), call.status()))
        .containsOnly(ExitStatus.COULD_NOT_TELL);
    assertThat(verify.err()).contains("ISSUER_UNAVAILABLE");
    assertThat(inspect.err()).contains("unavailable: ISSUER_UNAVAILABLE");
    assertThat(call.err())
        .contains("failed: UNAVAILABLE: the server's attestation could not be verified");
  }

  @Test
  void serve_badPolicy_refusesToStart() throws Exception {
    Files.writeString(directory.resolve("orders.yaml"), "name: orders\nallow_rulse: []\n");

    CommandRun run =
        CommandRun.of(
            "serve", "--port", "0", "--audience", "orders", "--policy", at("orders.yaml"));

    assertThat(run.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
    assertThat(run.err()).contains("orders.yaml:2:1").contains("allow_rulse");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void serve_onAnAddressOfAnotherMachine_cannotListen() throws Exception {
    Files.writeString(directory.resolve("orders.yaml"), "name: orders\n");

    CommandRun run =
        CommandRun.of(
            "serve",
            "--listen",
            "203.0.113.1",
            "--audience",
            "orders",
            "--policy",
            at("orders.yaml"));

    assertThat(run.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
    assertThat(run.err()).contains("cannot listen on 203.0.113.1:50051");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void serve_badShadowPolicy_refusesToStart() throws Exception {
    Files.writeString(directory.resolve("orders.yaml"), "name: orders\n");
    Files.writeString(directory.resolve("next.yaml"), "name: next\nallow_rulse: []\n");

    CommandRun run =
        CommandRun.of(
            "serve",
            "--port",
            "0",
            "--audience",
            "orders",
            "--policy",
            at("orders.yaml"),
            "--shadow-policy",
            at("next.yaml"));

    assertThat(run.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
    assertThat(run.err()).contains("next.yaml:2:1").contains("allow_rulse");
  }

  @Test
  void sts_writtenCredentials_areTheirOwnersAlone() throws Exception {
    assertThat(Files.getPosixFilePermissions(SHELL.running().credentials()))
        .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
  }

  @Test
  void sts_takenPort_saysSo() {
    String port = SHELL.running().sts().replaceFirst(".*:", "");

    CommandRun second = CommandRun.of("sts", "--port", port);

    assertThat(second.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
    assertThat(second.err()).contains("127.0.0.1:" + port);
  }

  @Test
  void sts_addressOfAnotherMachine_saysSo() {
    CommandRun run = CommandRun.of("sts", "--listen", "192.0.2.1", "--port", "0");

    assertThat(run.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
    assertThat(run.err()).contains("cannot listen on 192.0.2.1:0");
  }
}
