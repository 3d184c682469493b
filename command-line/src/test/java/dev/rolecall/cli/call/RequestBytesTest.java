package dev.rolecall.cli.call;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.cli.CommandRun;
import dev.rolecall.cli.RunningCommands;
import dev.rolecall.cli.Shell;
import dev.rolecall.cli.terminal.ExitStatus;
import dev.rolecall.guard.CallGuard;
import dev.rolecall.identity.Partition;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.PolicySource;
import dev.rolecall.testsupport.ServedProcess;
import dev.rolecall.tls.AttestedTls;
import dev.rolecall.verifier.StsVerifier;
import io.grpc.Grpc;
import io.grpc.ServerCredentials;
import io.grpc.TlsServerCredentials;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.regions.Region;

/**
 * Tests of the bytes that reach a server from a client process that does not know its role yet, or
 * expects another. They are read behind the server's own decryption. Frames of stream 0 belong to
 * the connection, whatever is called; every byte of a request is in a frame of another stream.
 */
@Timeout(600)
@Tag("attack")
final class RequestBytesTest {

  @RegisterExtension static final Shell SHELL = new Shell();

  @TempDir Path directory;

  private static String[] call(String address, String expectedRole) {
    return new String[] {
      "call",
      "--attested",
      "--audience",
      "orders",
      "--sts",
      SHELL.running().sts(),
      "--expect-server-role",
      expectedRole,
      address,
      "rolecall.demo.v1.Echo/WhoAmI"
    };
  }

  /** A server of the role {@link RunningCommands#WAREHOUSE}. */
  private static FrameRecorder warehouse(CallGuard guard) throws Exception {
    SHELL.become("warehouse");
    AtomicReference<ServerCredentials> credentials = new AtomicReference<>();
    var unused =
        AttestedTls.server("orders")
            .endpoint(URI.create(SHELL.running().sts()), Region.US_EAST_1)
            .newServerBuilder(
                given -> {
                  credentials.set(given);
                  return Grpc.newServerBuilderForPort(0, given);
                },
                guard);
    return new FrameRecorder(
        (TlsServerCredentials) requireNonNull(credentials.get(), "credentials"));
  }

  private static CallGuard guard() {
    return CallGuard.builder(PolicySource.fixed(AccessPolicy.builder("none").build()))
        .accept(
            StsVerifier.forAudience("orders")
                .acceptCustomEndpoint(
                    URI.create(SHELL.running().sts()), "us-east-1", Partition.AWS))
        .build();
  }

  @Test
  void serverOfAnotherRole_getsNotOneByteOfARequest() throws Exception {
    Path errors = directory.resolve("errors");
    try (CallGuard guard = guard();
        FrameRecorder recorder = warehouse(guard);
        ServedProcess client =
            ServedProcess.start(
                errors,
                SHELL.running().profile("checkout"),
                call(recorder.address(), RunningCommands.INVENTORY))) {

      int status = client.await();

      assertThat(recorder.frames()).isNotEmpty().allMatch(FrameRecorder.Seen::isOfConnection);
      assertThat(status).isEqualTo(ExitStatus.NO);
      assertThat(errors)
          .content()
          .contains("refused: UNAUTHENTICATED: the server's role is " + RunningCommands.WAREHOUSE);
    }
  }

  @Test
  void serverOfTheExpectedRole_getsTheHeaders() throws Exception {
    try (CallGuard guard = guard();
        FrameRecorder recorder = warehouse(guard)) {

      CommandRun client = SHELL.as("checkout", call(recorder.address(), RunningCommands.WAREHOUSE));

      assertThat(client.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
      assertThat(client.err()).contains("failed: INTERNAL");
      assertThat(recorder.frames()).anyMatch(frame -> frame.isHeaders() && !frame.isOfConnection());
    }
  }
}
