package dev.rolecall.tests.judges;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.stsemulator.EmulatedPrincipal;
import dev.rolecall.stsemulator.StsEmulator;
import java.io.IOException;
import java.net.Socket;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A request that aws-sdk-go-v2 signed, kept as it was: {@code PresignGetCallerIdentity} of
 * service/sts v1.44.0, called as aws-iam-authenticator's {@code GetWithSTS} does, with the keys of
 * AWS's own examples and a fixed time.
 *
 * @see <a
 *     href="https://github.com/kubernetes-sigs/aws-iam-authenticator/blob/master/pkg/token/token.go">aws-iam-authenticator,
 *     token.go</a>
 */
class GoSignatureTest {

  private static final String TARGET =
      "/?Action=GetCallerIdentity&Version=2011-06-15&X-Amz-Algorithm=AWS4-HMAC-SHA256"
          + "&X-Amz-Credential=ASIAIOSFODNN7EXAMPLE%2F20261121%2Feu-west-1%2Fsts%2Faws4_request"
          + "&X-Amz-Date=20261121T221845Z&X-Amz-Expires=60"
          + "&X-Amz-Security-Token=FwoGZXIvYXdzEXAMPLE%2Btoken%2Fwith%3Dchars%3D%3D"
          + "&X-Amz-SignedHeaders=host%3Bx-k8s-aws-id"
          + "&X-Amz-Signature=3c5c500868ed9ed25743d316493ef0e8e9ee22989fa649644548124cb77d0de3";

  private final StsEmulator emulator =
      StsEmulator.builder()
          .clock(Clock.fixed(Instant.parse("2026-11-21T22:32:45Z"), ZoneOffset.UTC))
          .start();

  @AfterEach
  void stop() {
    emulator.close();
  }

  @Test
  void request_asGoSignedIt_isAnswered() throws IOException {
    assertThat(answer("sts.eu-west-1.amazonaws.com", "orders"))
        .startsWith("HTTP/1.1 200")
        .contains("assumed-role/checkout/");
  }

  @Test
  void request_forAnotherCluster_isRefused() throws IOException {
    assertThat(answer("sts.eu-west-1.amazonaws.com", "billing"))
        .startsWith("HTTP/1.1 403")
        .contains("SignatureDoesNotMatch");
  }

  @Test
  void request_toAnotherHost_isRefused() throws IOException {
    assertThat(answer("sts.eu-west-2.amazonaws.com", "orders"))
        .startsWith("HTTP/1.1 403")
        .contains("SignatureDoesNotMatch");
  }

  /** Over a socket: the JDK's client writes a Host of its own. */
  private String answer(String host, String cluster) throws IOException {
    emulator.add(
        EmulatedPrincipal.builder("arn:aws:iam::111122223333:role/checkout")
            .accessKeyId("ASIAIOSFODNN7EXAMPLE")
            .secretAccessKey("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
            .sessionToken("FwoGZXIvYXdzEXAMPLE+token/with=chars==")
            .build());
    String request =
        String.join(
            "\r\n",
            "GET " + TARGET + " HTTP/1.1",
            "Host: " + host,
            "x-k8s-aws-id: " + cluster,
            "Accept: application/json",
            "Connection: close",
            "",
            "");
    try (Socket socket = new Socket(emulator.endpoint().getHost(), emulator.endpoint().getPort())) {
      socket.getOutputStream().write(request.getBytes(US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), US_ASCII);
    }
  }
}
