package dev.rolecall.tests.calls;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.identity.RefusalReason;
import dev.rolecall.identity.pattern.RolePattern;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.PolicySource;
import dev.rolecall.policy.condition.CallConditions;
import dev.rolecall.policy.document.PolicyFile;
import dev.rolecall.tests.fixture.Bench;
import dev.rolecall.tests.fixture.EchoClient;
import dev.rolecall.tests.fixture.GuardedServer;
import dev.rolecall.tests.fixture.PumpStream;
import dev.rolecall.testsupport.Echo;
import io.grpc.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Calls over TLS under rules with conditions on networks and headers. */
@Tag("attack")
final class ConditionalCallsTest {

  private static final int PATIENCE_SECONDS = 120;

  @RegisterExtension final Bench bench = new Bench();

  @TempDir Path directory;

  private EchoClient client(GuardedServer server) {
    return bench.client(server).with(bench.signing(bench.role(Bench.CHECKOUT)));
  }

  private GuardedServer serverWhere(CallConditions conditions) throws Exception {
    return bench
        .server()
        .policy(
            PolicySource.fixed(
                AccessPolicy.builder("conditional")
                    .allow(
                        "conditional",
                        List.of(RolePattern.parse(Bench.CHECKOUT)),
                        conditions,
                        Echo.path(Echo.SAY))
                    .build()))
        .start();
  }

  private GuardedServer serverUnless(CallConditions conditions) throws Exception {
    List<RolePattern> checkout = List.of(RolePattern.parse(Bench.CHECKOUT));
    return bench
        .server()
        .policy(
            PolicySource.fixed(
                AccessPolicy.builder("conditional")
                    .deny("unless", checkout, conditions, Echo.path(Echo.SAY))
                    .allow("all", checkout, Echo.path(Echo.SAY))
                    .build()))
        .start();
  }

  private static void assertNotAllowed(EchoClient client) {
    assertThat(client.sayRefused())
        .satisfies(seen -> assertThat(seen.code()).isEqualTo(Status.Code.PERMISSION_DENIED))
        .satisfies(
            seen -> assertThat(seen.reason()).isEqualTo(RefusalReason.METHOD_NOT_ALLOWED.name()));
  }

  @Test
  void calls_ofOneConnection_getAnswersByTheirOwnHeaders() throws Exception {
    EchoClient any = client(serverWhere(CallConditions.withHeader("x-tenant", "blue", "green-*")));
    EchoClient blue = any.withHeader("x-tenant", "blue");
    EchoClient red = any.withHeader("x-tenant", "red");

    for (int i = 0; i < 3; i++) {
      assertThat(blue.say("hello")).contains("hello");
      assertNotAllowed(red);
      assertThat(any.withHeader("x-tenant", "green-1").say("hello")).contains("hello");
      assertNotAllowed(any);
    }
    assertThat(bench.sts().requests().total()).isEqualTo(1);
  }

  @Test
  void header_thatIsSentTwice_isNoneOfItsValues() throws Exception {
    EchoClient any = client(serverWhere(CallConditions.withHeader("x-tenant", "blue")));

    assertNotAllowed(any.withHeader("x-tenant", "blue", "red"));
    assertNotAllowed(any.withHeader("x-tenant", "red", "blue"));
    assertNotAllowed(any.withHeader("x-tenant", "blue", "blue"));
  }

  /** Whichever of its values a handler reads. */
  @Test
  void header_thatIsSentTwice_hidesNoValueFromARule() throws Exception {
    EchoClient allowed = client(serverWhere(CallConditions.withHeader("x-tenant", "green-*")));
    EchoClient denied = client(serverUnless(CallConditions.withHeader("x-tenant", "blue")));

    assertNotAllowed(allowed.withHeader("x-tenant", "green-1", "blue"));
    assertNotAllowed(denied.withHeader("x-tenant", "blue", "blue"));
    assertNotAllowed(denied.withHeader("x-tenant", "red", "blue"));
    assertNotAllowed(denied.withHeader("x-tenant", "red, blue"));
    assertThat(denied.withHeader("x-tenant", "red", "green").say("hello")).contains("hello");
  }

  @Test
  void header_thatIsEmpty_isPresentToADenyRule() throws Exception {
    EchoClient any = client(serverUnless(CallConditions.withHeader("x-debug", "*")));

    assertNotAllowed(any.withHeader("x-debug", ""));
    assertThat(any.say("hello")).contains("hello");
  }

  @Test
  void call_fromANetworkOfTheRule_isAdmitted() throws Exception {
    EchoClient inside = client(serverWhere(CallConditions.from("192.0.2.0/24", "127.0.0.0/8")));

    assertThat(inside.say("hello")).contains("hello");
    assertThat(inside.say("again")).contains("again");
  }

  @Test
  void call_fromAnotherNetwork_isRefused_whateverItsHeadersClaim() throws Exception {
    EchoClient outside = client(serverWhere(CallConditions.from("192.0.2.0/24")));

    assertNotAllowed(outside);
    assertNotAllowed(outside.withHeader("x-forwarded-for", "192.0.2.1"));
    assertNotAllowed(outside.withHeader("forwarded", "for=192.0.2.1"));
  }

  @Test
  void stream_atAReload_isJudgedAgainByTheHeadersItCameWith() throws Exception {
    Path file = directory.resolve("policy.yaml");
    replace(file, policy("\"blue\", \"red\""));
    PolicyFile policy = bench.closing(PolicyFile.follow(file));
    GuardedServer server = bench.server().policy(policy).start();
    EchoClient any = client(server);
    PumpStream blue = any.withHeader("x-tenant", "blue").pump();
    PumpStream red = any.withHeader("x-tenant", "red").pump();
    assertThat(blue.heard()).succeedsWithin(PATIENCE_SECONDS, SECONDS);
    assertThat(red.heard()).succeedsWithin(PATIENCE_SECONDS, SECONDS);

    replace(file, policy("\"blue\""));
    policy.reloadNow();

    assertThat(red.end())
        .succeedsWithin(PATIENCE_SECONDS, SECONDS)
        .satisfies(seen -> assertThat(seen.code()).isEqualTo(Status.Code.PERMISSION_DENIED));
    assertThat(blue.end()).isNotDone();

    replace(file, policy("\"green\""));
    policy.reloadNow();

    assertThat(blue.end())
        .succeedsWithin(PATIENCE_SECONDS, SECONDS)
        .satisfies(seen -> assertThat(seen.code()).isEqualTo(Status.Code.PERMISSION_DENIED));
  }

  private static String policy(String tenants) {
    return """
        name: streams
        allow_rules:
          - name: pumps
            source: {principals: ["%s"], networks: ["127.0.0.0/8"]}
            request: {paths: ["%s"], headers: [{key: x-tenant, values: [%s]}]}
        """
        .formatted(Bench.CHECKOUT, Echo.path(Echo.PUMP), tenants);
  }

  /** As a deployment should: the file is never half written. */
  private void replace(Path file, String text) throws IOException {
    Path written = Files.write(directory.resolve("policy.new"), text.getBytes(UTF_8));
    Files.move(written, file, REPLACE_EXISTING, ATOMIC_MOVE);
  }
}
