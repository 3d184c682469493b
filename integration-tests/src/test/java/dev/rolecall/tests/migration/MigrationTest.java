package dev.rolecall.tests.migration;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.guard.CallGuardBuilder;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.policytools.suggest.SeenCalls;
import dev.rolecall.stsemulator.EmulatedCredentials;
import dev.rolecall.tests.fixture.Bench;
import dev.rolecall.tests.fixture.EchoClient;
import dev.rolecall.tests.fixture.Patience;
import dev.rolecall.tests.judges.SdkPresigner;
import dev.rolecall.tls.AttestedChannel;
import dev.rolecall.tls.AttestedTls;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server under load admits and records, follows the policy that its audit file suggests, and
 * refuses at last: no call on the way is refused.
 */
@Tag("attack")
final class MigrationTest {

  private static final String SERVER = "arn:aws:iam::111122223333:role/orders";
  private static final String SSO =
      "arn:aws:iam::111122223333:role/AWSReservedSSO_OrderSupport_0123456789abcdef";
  private static final String CLUSTER = "arn:aws:iam::111122223333:role/cluster";
  private static final String ATTESTED = "arn:aws:iam::111122223333:role/attested";
  private static final int ENOUGH = 10;

  @RegisterExtension final Bench bench = new Bench();

  @TempDir Path directory;

  private Path policy;
  private Path audit;
  private EmulatedCredentials ofServer;

  @BeforeEach
  void start() throws IOException {
    policy = Files.writeString(directory.resolve("orders.yaml"), "name: orders\n");
    audit = directory.resolve("audit.jsonl");
    ofServer = bench.role(SERVER);
  }

  private MigratedServer server(int port, UnaryOperator<CallGuardBuilder> mode) throws IOException {
    MigratedServer server = MigratedServer.start(bench, ofServer, port, policy, audit, mode);
    bench.<AutoCloseable>closing(server::stop);
    return server;
  }

  @Test
  void migration_underLoad_refusesNoCallOnTheWayAndStrangersAtItsEnd() throws Exception {
    MigratedServer lax = server(0, CallGuardBuilder::admitAndRecordInsteadOfRefusing);
    int port = lax.port();
    EchoClient anyone = withoutCertificate(port);
    List<CallingLoop> known =
        List.of(
            loop("role", anyone.with(bench.signing(bench.role(Bench.CHECKOUT)))),
            loop("sso", anyone.with(bench.signing(bench.role(SSO)))),
            loop("eks", anyone.withProof(eksToken(bench.role(CLUSTER)))),
            loop("attested", attested(port)));
    CallingLoop unknown = loop("unknown", anyone);
    awaitMore(known);
    awaitMore(List.of(unknown));

    Files.writeString(directory.resolve("new.yaml"), suggested());
    Files.move(
        directory.resolve("new.yaml"),
        policy,
        StandardCopyOption.REPLACE_EXISTING,
        StandardCopyOption.ATOMIC_MOVE);
    lax.reload();
    awaitMore(known);
    awaitMore(List.of(unknown));

    unknown.stop();
    lax.stop();
    server(port, UnaryOperator.identity());
    awaitMore(known);
    for (CallingLoop each : known) {
      each.stop();
      assertThat(each.failures()).isEmpty();
    }
    assertThat(unknown.failures()).isEmpty();

    assertThat(anyone.sayRefused().reason()).isEqualTo(RefusalReason.CREDENTIAL_MISSING.name());
    assertThat(anyone.with(bench.signing(bench.role(Bench.INTERN))).sayRefused().reason())
        .isEqualTo(RefusalReason.METHOD_NOT_ALLOWED.name());
    assertThat(anyone.withProof(eksToken(bench.role(Bench.INTERN))).sayRefused().reason())
        .isEqualTo(RefusalReason.METHOD_NOT_ALLOWED.name());
  }

  /** The policy for what has been recorded so far. */
  private String suggested() throws IOException {
    SeenCalls seen = new SeenCalls();
    try (InputStream in = Files.newInputStream(audit)) {
      seen.add(in);
    }
    // The last line may be on its way.
    assertThat(seen.otherLines()).isLessThanOrEqualTo(1);
    String text = seen.suggest("orders", 3).text();
    assertThat(text)
        .contains(
            "- \"" + Bench.CHECKOUT + "\"",
            "- \"sso:111122223333:OrderSupport\"",
            "- \"" + CLUSTER + "\"",
            "- \"" + ATTESTED + "\"",
            "#   CREDENTIAL_MISSING\n");
    return text;
  }

  private CallingLoop loop(String name, EchoClient client) {
    CallingLoop loop = CallingLoop.start(name, client);
    bench.<AutoCloseable>closing(loop::stop);
    return loop;
  }

  private static void awaitMore(List<CallingLoop> loops) {
    for (CallingLoop each : loops) {
      long before = each.answered();
      Patience.await()
          .until(() -> each.answered() >= before + ENOUGH || !each.failures().isEmpty());
      assertThat(each.failures()).isEmpty();
    }
  }

  private EchoClient withoutCertificate(int port) {
    return on(port, channel().withoutLocalCertificate());
  }

  private EchoClient attested(int port) {
    return on(port, channel().credentialsProvider(Bench.provider(bench.role(ATTESTED))));
  }

  private AttestedChannel.Builder channel() {
    return AttestedTls.channel(Bench.AUDIENCE)
        .endpoint(bench.sts().endpoint(), Bench.REGION)
        .verifier(bench.verifier())
        .runtime(bench.runtime().build())
        .expectServerRoles(SERVER);
  }

  private EchoClient on(int port, AttestedChannel.Builder channel) {
    return bench.clientOf(port, bench.closing(channel.start()).credentials());
  }

  /** As {@code aws eks get-token --cluster-name orders} prints it. */
  private String eksToken(EmulatedCredentials credentials) {
    // The bench's clock stands still; the signer's does not.
    Duration sinceTheStart = Duration.between(Clock.systemUTC().instant(), bench.clock().instant());
    String url =
        new SdkPresigner(bench.sts().endpoint(), Bench.REGION.id())
            .presign(credentials, "x-k8s-aws-id", Bench.AUDIENCE, sinceTheStart)
            .toString()
            .replaceFirst("^http:", "https:");
    return "k8s-aws-v1."
        + Base64.getUrlEncoder().withoutPadding().encodeToString(url.getBytes(US_ASCII));
  }
}
