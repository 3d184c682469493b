package dev.rolecall.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rolecall.client.WebIdentityCallCredentials;
import dev.rolecall.guard.CurrentCaller;
import dev.rolecall.stsemulator.EmulatedCredentials;
import dev.rolecall.stsemulator.StsEmulator;
import io.grpc.StatusRuntimeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;

/** IAM roles that bring web identity tokens of an emulated account. */
@Tag("attack")
class WebIdentityCallersTest {

  private static final String CHECKOUT = "arn:aws:iam::111122223333:role/checkout";

  private final StsEmulator sts = StsEmulator.start();

  @TempDir private Path folder;

  @AfterEach
  void tearDown() {
    sts.close();
  }

  private String token(String audience) throws Exception {
    EmulatedCredentials role = sts.addRole(CHECKOUT);
    try (WebIdentityCallCredentials credentials =
        WebIdentityCallCredentials.builder(audience)
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsSessionCredentials.create(
                        role.accessKeyId(),
                        role.secretAccessKey(),
                        role.sessionToken().orElseThrow())))
            .endpoint(sts.endpoint(), Region.US_EAST_1)
            .build()) {
      return credentials
          .token(Runnable::run)
          .toCompletableFuture()
          .get(30, TimeUnit.SECONDS)
          .text();
    }
  }

  private ApplicationContextRunner server(String account, String issuer) throws Exception {
    Path policy =
        Files.writeString(
            folder.resolve("policy.yaml"),
            """
            name: orders
            allow_rules:
              - name: all
                source: {principals: ["%s"]}
                request: {paths: ["/tests.v1.Questions/*"]}
            """
                .formatted(CHECKOUT));
    return new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(RolecallServerAutoConfiguration.class))
        .withPropertyValues(
            "rolecall.server.audience=orders",
            "rolecall.server.policy=" + policy,
            "rolecall.server.web-identity[0].account=" + account,
            "rolecall.server.web-identity[0].issuer=" + issuer);
  }

  @Test
  void token_ofTheAccount_isOfTheRole_andAnotherAudiencesIsRefused() throws Exception {
    String issuer = sts.outboundFederation().enable("111122223333").toString();
    String token = token("orders");
    String other = token("refunds");
    server("111122223333", issuer)
        .run(
            context -> {
              try (InProcess orders =
                  InProcess.of(context, () -> CurrentCaller.get().principal().text())) {
                assertThat(orders.ask(token)).isEqualTo(CHECKOUT);
                assertThat(refusal(orders, other)).startsWith("AUDIENCE_MISMATCH");
              }
            });
  }

  @Test
  void token_ofAnotherAccount_isRefused() throws Exception {
    String issuer = sts.outboundFederation().enable("111122223333").toString();
    String token = token("orders");
    server("444455556666", issuer)
        .run(
            context -> {
              try (InProcess orders = InProcess.of(context, () -> "reached")) {
                assertThat(refusal(orders, token)).startsWith("ACCOUNT_NOT_TRUSTED");
              }
            });
  }

  private static String refusal(InProcess orders, String token) {
    return String.valueOf(
        catchThrowableOfType(StatusRuntimeException.class, () -> orders.ask(token))
            .getStatus()
            .getDescription());
  }
}
