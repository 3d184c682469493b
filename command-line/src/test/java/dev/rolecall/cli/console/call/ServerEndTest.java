package dev.rolecall.cli.console.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.cli.connect.ChannelSecurity;
import dev.rolecall.cli.connect.ClientEnd;
import dev.rolecall.cli.console.answer.Face;
import dev.rolecall.cli.console.answer.FailedException;
import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.identity.Audience;
import dev.rolecall.tls.AttestedTls;
import dev.rolecall.verifier.StsVerifier;
import io.grpc.InsecureChannelCredentials;
import java.net.URI;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.regions.Region;

/** The console's end of a server: opened when there is something to open it with. */
final class ServerEndTest {

  private Supplier<ClientEnd> opening = ServerEndTest::ready;

  private static ClientEnd ready() {
    return ClientEnd.withoutProofs(InsecureChannelCredentials.create());
  }

  private ServerEnd end(String address) {
    return new ServerEnd(
        new ServerEnd.Named(
            address, Audience.of("access"), ChannelSecurity.PLAINTEXT, Duration.ofSeconds(1)),
        () -> opening.get());
  }

  @Test
  void credentialsThatComeLater_areUsedThen() {
    opening = ServerEndTest::attestedWithoutCredentials;
    try (ServerEnd end = end("127.0.0.1:1")) {
      end.tryNow();
      assertThatThrownBy(end::called)
          .isInstanceOfSatisfying(
              FailedException.class,
              failed -> assertThat(failed.failure().face()).isEqualTo(Face.SIGNED_OUT));

      opening = ServerEndTest::ready;

      assertThat(end.called().address()).isEqualTo("127.0.0.1:1");
      assertThat(end.called()).isSameAs(end.called());
    }
  }

  /** As where nobody is signed in to AWS. */
  private static ClientEnd attestedWithoutCredentials() {
    return ClientEnd.attested(
        AttestedTls.channel("access")
            .expectServerRoles("arn:aws:iam::111122223333:role/access")
            .endpoint(URI.create("http://127.0.0.1:1"), Region.US_EAST_1)
            .credentialsProvider(
                (AwsCredentialsProvider)
                    () -> {
                      throw new IllegalStateException("nobody is signed in");
                    }),
        StsVerifier.forAudience("access"));
  }

  @Test
  void optionsThatContradict_areToldAtOnce() {
    opening =
        () -> {
          throw new CommandFailure("--attested and --bearer");
        };
    try (ServerEnd end = end("127.0.0.1:1")) {
      assertThatThrownBy(end::tryNow).isInstanceOf(CommandFailure.class);
    }
    opening = ServerEndTest::ready;
    try (ServerEnd end = end("no port")) {
      assertThatThrownBy(end::tryNow)
          .isInstanceOf(CommandFailure.class)
          .hasMessageContaining("HOST:PORT");
    }
  }

  @Test
  void closedEnd_opensNoMore() {
    ServerEnd end = end("127.0.0.1:1");
    end.close();

    assertThatThrownBy(end::called).isInstanceOf(FailedException.class);
  }
}
