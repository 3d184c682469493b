package dev.rolecall.cli.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rolecall.access.AccessControl;
import dev.rolecall.cli.arguments.ArgumentTypes;
import dev.rolecall.cli.options.StsChoice;
import dev.rolecall.guard.CallGuard;
import dev.rolecall.identity.Audience;
import dev.rolecall.policy.PolicySource;
import dev.rolecall.policy.document.PolicyDocument;
import dev.rolecall.policy.document.PolicyReading;
import dev.rolecall.service.AccessServer;
import dev.rolecall.service.store.sqlite.SqliteStore;
import dev.rolecall.stsemulator.EmulatedCredentials;
import dev.rolecall.stsemulator.StsEmulator;
import dev.rolecall.testsupport.CapturedLog;
import dev.rolecall.tls.AttestedTls;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** A server that follows an access service of a role that its options name, by attested TLS. */
@Tag("attack")
@Timeout(300)
final class AttestedGrantsTest {

  private static final String ROLE = "arn:aws:iam::111122223333:role/";

  private final StsEmulator emulator = StsEmulator.start();
  private final StsChoice sts =
      new StsChoice(Optional.of(emulator.endpoint()), Optional.of("us-east-1"));
  private final CapturedLog log = CapturedLog.of("rolecall.grants");

  @TempDir private Path folder;
  private AccessServer node;
  private Server server;

  @BeforeEach
  void serveAccess() throws IOException {
    Path rules =
        Files.writeString(
            folder.resolve("rules.yaml"),
            """
            rules:
              - permission: orders-admin
                requesters: [{role: "%1$scheckout"}]
                reviewers: [{role: "%1$ssecurity"}]
                max_duration: 1h
            enforcers: ["%1$sorders"]
            """
                .formatted(ROLE));
    node =
        AccessServer.builder(rules, SqliteStore.in(folder.resolve("data")))
            .accept(sts.verifier(Audience.of("access")))
            .start();
    ServerBuilder<?> builder =
        sts.signedBy(AttestedTls.server("access"))
            .credentialsProvider(provider(emulator.addRole(ROLE + "access")))
            .newServerBuilder(0, node.guard());
    node.services().forEach(builder::addService);
    server = builder.build().start();
    // Of the default chain, as a command has it.
    EmulatedCredentials orders = emulator.addRole(ROLE + "orders");
    System.setProperty("aws.accessKeyId", orders.accessKeyId());
    System.setProperty("aws.secretAccessKey", orders.secretAccessKey());
    System.setProperty("aws.sessionToken", orders.sessionToken().orElseThrow());
  }

  @AfterEach
  void stop() {
    for (String name : List.of("aws.accessKeyId", "aws.secretAccessKey", "aws.sessionToken")) {
      System.clearProperty(name);
    }
    log.close();
    node.stop();
    server.shutdownNow();
    node.close();
    emulator.close();
  }

  private static StaticCredentialsProvider provider(EmulatedCredentials role) {
    return StaticCredentialsProvider.create(
        AwsSessionCredentials.create(
            role.accessKeyId(), role.secretAccessKey(), role.sessionToken().orElseThrow()));
  }

  private ServedGrants grants(String... roles) {
    List<String> arguments = new ArrayList<>(List.of("--grants", "localhost:" + server.getPort()));
    for (String role : roles) {
      arguments.addAll(List.of("--grants-expect-server-role", ROLE + role));
    }
    GrantsOptions options = new GrantsOptions();
    ArgumentTypes.registerIn(new CommandLine(options)).parseArgs(arguments.toArray(String[]::new));
    return options.following(sts);
  }

  private CallGuard following(ServedGrants grants) {
    PolicySource policy =
        PolicySource.fixed(
            PolicyDocument.read(
                    "orders.yaml",
                    """
                    name: orders
                    allow_rules:
                      - name: checkout cancels
                        source: {principals: ["%scheckout"], requires_grant: orders-admin}
                        request: {paths: ["/orders.v1.Orders/Cancel"]}
                    """
                        .formatted(ROLE)
                        .getBytes(StandardCharsets.UTF_8))
                .fold(
                    PolicyReading.Loaded::policy,
                    rejected -> {
                      throw new AssertionError(rejected.problems().toString());
                    }));
    return CallGuard.builder(
            grants
                .followedBy(AccessControl.builder(policy))
                .accept(sts.verifier(Audience.of("orders"))))
        .build();
  }

  @Test
  void service_ofAnExpectedRole_isFollowedAsTheRoleOfTheShell() {
    try (ServedGrants grants = grants("spare", "access");
        CallGuard guard = following(grants)) {
      await().until(() -> node.subscribers() == 1);
      assertThat(guard).isNotNull();
    }
  }

  @Test
  void service_ofAnotherRole_isToldNothing() {
    try (ServedGrants grants = grants("spare");
        CallGuard guard = following(grants)) {
      await().until(() -> !log.with(ROLE + "access").isEmpty());
      assertThat(log.with("the feed of grants was lost")).isNotEmpty();
      assertThat(node.subscribers()).isZero();
      assertThat(guard).isNotNull();
    }
  }
}
