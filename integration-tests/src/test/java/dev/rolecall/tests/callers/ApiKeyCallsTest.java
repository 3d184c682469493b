package dev.rolecall.tests.callers;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.audit.AuditOutcome;
import dev.rolecall.access.audit.AuditRecord;
import dev.rolecall.apikeys.ApiKey;
import dev.rolecall.apikeys.ApiKeys;
import dev.rolecall.apikeys.KeyFile;
import dev.rolecall.identity.ApiClient;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.identity.pattern.PrincipalPattern;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.PolicySource;
import dev.rolecall.tests.fixture.Bench;
import dev.rolecall.tests.fixture.EchoClient;
import dev.rolecall.tests.fixture.GuardedServer;
import dev.rolecall.tests.fixture.Patience;
import dev.rolecall.tests.fixture.PumpStream;
import dev.rolecall.tests.fixture.SeenRefusal;
import dev.rolecall.tests.fixture.ServerSetup;
import dev.rolecall.testsupport.Echo;
import dev.rolecall.testsupport.ManualScheduler;
import io.grpc.Status;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Callers with API keys, beside those with proofs, at one gRPC server. */
@Tag("attack")
final class ApiKeyCallsTest {

  private static final PolicySource POLICY =
      PolicySource.fixed(
          AccessPolicy.builder("tests")
              .allow(
                  "both kinds",
                  List.of(PrincipalPattern.parse("key:ci"), PrincipalPattern.parse(Bench.CHECKOUT)),
                  Echo.ALL)
              .build());

  @RegisterExtension final Bench bench = new Bench();

  @TempDir Path folder;

  /** Checks the file when the test says so. */
  private final ManualScheduler checks = new ManualScheduler();

  private KeyFile file;
  private ApiKey key;

  @BeforeEach
  void issue() {
    bench.closing(checks);
    file = KeyFile.at(folder.resolve("keys.jsonl"));
    key = issued("ci");
  }

  private ApiKey issued(String client) {
    Instant now = bench.clock().instant();
    ApiKey issued =
        file.issue(new ApiClient(client), now, now.plus(Duration.ofDays(90)), new SecureRandom())
            .orElseThrow();
    bench.secrets().addSecret("an API key", issued.text());
    bench.secrets().addSecret("an API key's secret", issued.text().substring(17, 60));
    return issued;
  }

  private ServerSetup server() {
    return bench
        .server()
        .policy(POLICY)
        .guarding(
            guard -> guard.accept(ApiKeys.follow(folder.resolve("keys.jsonl")).executor(checks)));
  }

  private void disable(ApiKey disabled) {
    assertThat(file.disable(disabled.id(), bench.clock().instant())).isPresent();
    checks.tick();
    checks.tick();
  }

  @Test
  void call_withAKey_isItsClientsBesideCallersWithProofs() {
    GuardedServer server = server().start();

    assertThat(bench.client(server).withProof(key.text()).say("hello")).startsWith("key:ci,");
    assertThat(bench.client(server).with(bench.signing(bench.role(Bench.CHECKOUT))).say("hello"))
        .contains("assumed-role/checkout");
    assertThat(server.audits())
        .anySatisfy(
            record -> {
              assertThat(record.caller()).isPresent();
              assertThat(record.caller().orElseThrow().evidence().credentialId())
                  .contains(key.id().value());
            });
  }

  @Test
  void call_withAForgedKey_isRefusedAndAsksNoSts() {
    GuardedServer server = server().start();
    String forged = key.text().replace("rck_", "rck_0").substring(0, key.text().length());

    assertThat(bench.client(server).withProof(forged).sayRefused().reason())
        .isEqualTo(RefusalReason.CREDENTIAL_MALFORMED.name());
    assertThat(bench.sts().requests().total()).isZero();
  }

  @Test
  void call_withoutTls_isRefusedAsTheTextSays() {
    GuardedServer server = server().plaintext().start();
    SeenRefusal seen = bench.plaintextClient(server).withProof(key.text()).sayRefused();

    assertThat(seen.code()).isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(seen.reason()).isEqualTo(RefusalReason.BINDING_REQUIRED.name());
    assertThat(seen.description()).contains("TLS");
  }

  @Test
  void streams_whoseKeyIsDisabled_endForThatReasonAndTheOthersLiveOn() {
    ApiKey fresh = issued("ci");
    GuardedServer server = server().start();
    EchoClient old = bench.client(server).withProof(key.text());
    EchoClient rotated = bench.client(server).withProof(fresh.text());
    PumpStream ended = old.pump();
    PumpStream living = rotated.pump();
    assertThat(ended.heard()).succeedsWithin(60, SECONDS);
    assertThat(living.heard()).succeedsWithin(60, SECONDS);

    disable(key);

    assertThat(ended.end())
        .succeedsWithin(60, SECONDS)
        .satisfies(
            seen -> {
              assertThat(seen.code()).isEqualTo(Status.Code.UNAUTHENTICATED);
              assertThat(seen.reason()).isEqualTo(RefusalReason.CREDENTIAL_INACTIVE.name());
            });
    assertThat(old.sayRefused().reason())
        .as("on the connection that knows the key")
        .isEqualTo(RefusalReason.CREDENTIAL_INACTIVE.name());
    assertThat(rotated.say("hello")).startsWith("key:ci,");
    assertThat(living.end()).isNotDone();
    Patience.await().until(() -> server.audits().stream().anyMatch(ApiKeyCallsTest::isEnd));
    assertThat(server.audits()).filteredOn(ApiKeyCallsTest::isEnd).hasSize(1);
  }

  private static boolean isEnd(AuditRecord record) {
    return record.outcome() instanceof AuditOutcome.Ended;
  }
}
