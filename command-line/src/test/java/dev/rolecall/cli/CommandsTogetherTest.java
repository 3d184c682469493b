package dev.rolecall.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.cli.echo.EchoGrpc;
import dev.rolecall.cli.echo.WhoAmIRequest;
import dev.rolecall.cli.echo.WhoAmIResponse;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.stub.MetadataUtils;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The emulator, a server, a proof and its verdict, each from a command, as in the help texts. */
@Timeout(180)
final class CommandsTogetherTest {

  private static final String POLICY =
      """
      name: orders
      allow_rules:
        - name: checkout asks who it is
          source: {principals: ["arn:aws:iam::111122223333:role/checkout"]}
          request: {paths: ["/rolecall.demo.v1.Echo/WhoAmI"]}
      """;

  @TempDir Path directory;

  private String at(String name) {
    return directory.resolve(name).toString();
  }

  @Test
  void commands_usedTogether_admitTheRoleAndRefuseTheRest() throws Exception {
    Files.writeString(directory.resolve("orders.yaml"), POLICY);
    try (ServedProcess sts =
        ServedProcess.start(
            Map.of(), "sts", "--port", "0", "--write-credentials", at("credentials"))) {
      String first = sts.line();
      assertThat(first).matches("sts emulator on http://127\\.0\\.0\\.1:\\d+");
      String url = first.substring(first.indexOf("http"));

      String token = token(url, "checkout");
      assertThat(token).startsWith("rolecall-v1~127.0.0.1:");

      CommandRun good = CommandRun.of("verify", "--audience", "orders", "--sts", url, token);
      assertThat(good.status()).isEqualTo(ExitStatus.YES);
      assertThat(good.out()).contains("arn:aws:iam::111122223333:role/checkout");

      CommandRun asJson =
          CommandRun.of("verify", "--json", "--audience", "orders", "--sts", url, token);
      assertThat(asJson.out()).startsWith("{\"result\":\"verified\",\"role\":\"arn:aws:iam::1111");

      CommandRun elsewhere = CommandRun.of("verify", "--audience", "billing", "--sts", url, token);
      assertThat(elsewhere.status()).isEqualTo(ExitStatus.NO);
      assertThat(elsewhere.err()).contains("AUDIENCE_MISMATCH").doesNotContain(token);

      CommandRun unknownHost = CommandRun.of("verify", "--audience", "orders", token);
      assertThat(unknownHost.status()).isEqualTo(ExitStatus.NO);
      assertThat(unknownHost.err()).contains("ENDPOINT_NOT_ALLOWED");

      callsOverTls(url, token, token(url, "reporting"));

      assertThat(sts.terminate()).isEqualTo(128 + 15);
      CommandRun gone = CommandRun.of("verify", "--audience", "orders", "--sts", url, token);
      assertThat(gone.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
      assertThat(gone.err()).contains("STS_UNAVAILABLE");
    }
  }

  private String token(String url, String profile) throws Exception {
    try (ServedProcess token =
        ServedProcess.start(
            Map.of("AWS_SHARED_CREDENTIALS_FILE", at("credentials"), "AWS_PROFILE", profile),
            "token",
            "--audience",
            "orders",
            "--sts",
            url)) {
      String text = token.line();
      assertThat(token.await()).isZero();
      return text;
    }
  }

  private void callsOverTls(String url, String allowed, String denied) throws Exception {
    try (ServedProcess serve =
        ServedProcess.start(
            Map.of(),
            "serve",
            "--port",
            "0",
            "--audience",
            "orders",
            "--policy",
            at("orders.yaml"),
            "--sts",
            url,
            "--write-cert",
            at("orders.pem"))) {
      String first = serve.line();
      assertThat(first).matches("serving orders on 127\\.0\\.0\\.1:\\d+");
      ManagedChannel channel =
          Grpc.newChannelBuilder(
                  first.substring(first.lastIndexOf(' ') + 1),
                  TlsChannelCredentials.newBuilder()
                      .trustManager(directory.resolve("orders.pem").toFile())
                      .build())
              .build();
      try {
        assertThat(whoAmI(channel, allowed).getRoleArn())
            .isEqualTo("arn:aws:iam::111122223333:role/checkout");
        assertThatThrownBy(() -> whoAmI(channel, denied))
            .isInstanceOfSatisfying(
                StatusRuntimeException.class,
                e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED));
      } finally {
        channel.shutdownNow();
      }
      assertThat(serve.terminate()).isEqualTo(128 + 15);
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
  void serve_badPolicy_refusesToStart() throws Exception {
    Files.writeString(directory.resolve("orders.yaml"), POLICY.replace("source", "sourse"));

    CommandRun run =
        CommandRun.of(
            "serve", "--port", "0", "--audience", "orders", "--policy", at("orders.yaml"));

    assertThat(run.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
    assertThat(run.err()).contains("orders.yaml:4:5").contains("sourse");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void sts_writtenCredentials_areTheirOwnersAlone() throws Exception {
    try (ServedProcess sts =
        ServedProcess.start(
            Map.of(), "sts", "--port", "0", "--write-credentials", at("credentials"))) {
      sts.line();

      assertThat(Files.getPosixFilePermissions(directory.resolve("credentials")))
          .containsExactlyInAnyOrder(
              PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    }
  }

  @Test
  void sts_takenPort_saysSo() throws Exception {
    try (ServedProcess sts = ServedProcess.start(Map.of(), "sts", "--port", "0")) {
      String first = sts.line();
      String port = first.substring(first.lastIndexOf(':') + 1);

      CommandRun second = CommandRun.of("sts", "--port", port);

      assertThat(second.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
      assertThat(second.err()).contains("127.0.0.1:" + port);
    }
  }
}
