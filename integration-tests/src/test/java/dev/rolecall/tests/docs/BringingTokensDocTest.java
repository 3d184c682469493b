package dev.rolecall.tests.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.jwt.key.Algorithm;
import dev.rolecall.testsupport.LoopbackServer;
import dev.rolecall.tokencredentials.ClientAuthentication;
import dev.rolecall.tokencredentials.SecretSource;
import dev.rolecall.tokencredentials.SubjectToken;
import dev.rolecall.tokencredentials.TokenCallCredentials;
import dev.rolecall.tokencredentials.TokenIssuer;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.inprocess.InProcessChannelBuilder;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** The code of docs/bringing-tokens.md is that which runs. */
class BringingTokensDocTest {

  @Test
  void clientCredentials_areMade() {
    Path keyFile = Path.of("key.pem");
    TokenCallCredentials orders =
        TokenCallCredentials.clientCredentials(
                TokenIssuer.discovered(URI.create("https://idp.example/realms/shop")),
                ClientAuthentication.privateKeyJwt(
                    "checkout", Algorithm.ES256, Optional.of("checkout-1"), keyFile))
            .audience("orders")
            .scope("orders:write")
            .build();

    assertThat(orders.toString()).contains("checkout");
    orders.close();
  }

  @Test
  void tokenFile_isMade_andTheInterceptorWithIt() {
    TokenCallCredentials orders =
        TokenCallCredentials.tokenFile(Path.of("/var/run/secrets/orders/token")).build();
    ManagedChannel plain = InProcessChannelBuilder.forName("orders").build();

    Channel channel = ClientInterceptors.intercept(plain, orders.renewalAfterRefusal());

    assertThat(channel.authority()).isEqualTo(plain.authority());
    plain.shutdownNow();
    orders.close();
  }

  @Test
  void exchange_isMade() {
    Path secretFile = Path.of("secret");
    Path podToken = Path.of("token");
    String tokenOfThePerson = "e30.e30.c2ln";
    TokenCallCredentials onBehalf =
        TokenCallCredentials.exchange(
                TokenIssuer.discovered(URI.create("https://idp.example/realms/shop")),
                ClientAuthentication.secretBasic("agent", SecretSource.file(secretFile)),
                new SubjectToken(() -> tokenOfThePerson, SubjectToken.ACCESS_TOKEN))
            .actor(SubjectToken.inFile(podToken, SubjectToken.JWT))
            .audience("orders")
            .build();

    assertThat(onBehalf.toString()).contains("token exchange", "agent");
    onBehalf.close();
  }

  @Test
  void secretOfSecretsManager_isTheSecretsText_andItsFailureAnIoException() throws IOException {
    try (LoopbackServer aws = LoopbackServer.of((socket, number) -> answer(socket, number));
        SecretsManagerClient manager = manager(aws.port())) {
      SecretSource secret =
          () -> {
            try {
              return manager
                  .getSecretValue(request -> request.secretId("checkout-client"))
                  .secretString();
            } catch (SdkException e) {
              throw new IOException(e);
            }
          };

      assertThat(secret.read()).isEqualTo("the-secret");
      assertThatThrownBy(secret::read).isInstanceOf(IOException.class);
    }
  }

  private static SecretsManagerClient manager(int port) {
    return SecretsManagerClient.builder()
        .endpointOverride(URI.create("http://127.0.0.1:" + port))
        .region(Region.EU_WEST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDEXAMPLE", "example")))
        .httpClient(UrlConnectionHttpClient.create())
        .build();
  }

  /** The first question is answered, the next ones are refused. */
  private static void answer(Socket socket, int number) throws IOException {
    try (socket) {
      byte[] request = new byte[8_192];
      var unused = socket.getInputStream().read(request);
      String body =
          number == 0 ? "{\"SecretString\":\"the-secret\"}" : "{\"__type\":\"AccessDenied\"}";
      String answer =
          "HTTP/1.1 "
              + (number == 0 ? "200 OK" : "400 Bad Request")
              + "\r\ncontent-type: application/x-amz-json-1.1\r\ncontent-length: "
              + body.length()
              + "\r\nconnection: close\r\n\r\n"
              + body;
      socket.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
    }
  }
}
