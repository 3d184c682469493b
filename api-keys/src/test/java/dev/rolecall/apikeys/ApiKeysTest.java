package dev.rolecall.apikeys;

import static dev.rolecall.apikeys.KeyBench.read;
import static dev.rolecall.apikeys.KeyBench.refused;
import static dev.rolecall.apikeys.KeyBench.verified;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.access.AccessControl;
import dev.rolecall.access.Admission;
import dev.rolecall.access.ConnectionMemo;
import dev.rolecall.access.Outcome;
import dev.rolecall.access.Refusal;
import dev.rolecall.access.scheme.CallerVerifier;
import dev.rolecall.access.scheme.Credential;
import dev.rolecall.identity.ApiClient;
import dev.rolecall.identity.BindingHash;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.identity.pattern.PrincipalPattern;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.PolicySource;
import dev.rolecall.testsupport.CapturedLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scheme: what follows a file, alone and behind the engine. */
@Tag("attack")
final class ApiKeysTest {

  private static final String METHOD = "test.v1.Echo/Say";

  @TempDir private Path folder;

  private KeyBench bench;

  @BeforeEach
  void begin() {
    bench = new KeyBench(folder);
  }

  @AfterEach
  void leave() {
    bench.close();
  }

  @Test
  void verifier_fileThatIsNotThere_isRefused() {
    assertThatThrownBy(() -> bench.verifier())
        .isInstanceOf(KeyFileException.class)
        .hasMessage(bench.path + ": the file cannot be read: no such file");
    assertThat(bench.scheduler.periods()).isEmpty();
  }

  @Test
  void verifier_fileThatIsNone_isRefused() {
    bench.write("");
    assertThatThrownBy(() -> bench.verifier()).hasMessageContaining(":1: not a file of API keys");
  }

  @Test
  void check_fileThatIsNone_isRefused_andFollowsNothing() {
    bench.write("");
    assertThatThrownBy(() -> bench.scheme().check(bench.time))
        .isInstanceOf(KeyFileException.class)
        .hasMessageContaining(":1: not a file of API keys");
    assertThat(bench.scheduler.periods()).isEmpty();
  }

  @Test
  void look_newKey_isAcceptedAfterTwoChecks() {
    ApiKey old = bench.issue();
    CallerVerifier verifier = bench.verifier();
    ApiKey fresh = bench.issue();

    bench.scheduler.tick();
    assertThat(refused(read(verifier, fresh.text()))).isEqualTo(RefusalReason.ISSUER_REFUSED);
    bench.scheduler.tick();
    assertThat(verified(read(verifier, fresh.text())).principal()).isEqualTo(KeyBench.CI);
    assertThat(verified(read(verifier, old.text())).principal()).isEqualTo(KeyBench.CI);
  }

  /** Issue the new one, move the clients, disable the old one: no call is refused on the way. */
  @Test
  void look_rotation_leavesOneOfTheTwoGoodAtEachTime() {
    ApiKey old = bench.issue();
    CallerVerifier verifier = bench.verifier();
    Caller caller = verified(read(verifier, old.text()));
    ApiKey fresh = bench.issue();
    bench.reload();
    assertThat(verified(read(verifier, old.text()))).isSameAs(caller);
    assertThat(verified(read(verifier, fresh.text())).principal()).isEqualTo(KeyBench.CI);

    bench.disable(old);
    bench.reload();
    assertThat(refused(read(verifier, old.text()))).isEqualTo(RefusalReason.CREDENTIAL_INACTIVE);
    assertThat(verified(read(verifier, fresh.text())).principal()).isEqualTo(KeyBench.CI);
    assertThat(verifier.withdrawn(caller)).contains(RefusalReason.CREDENTIAL_INACTIVE);
  }

  @Test
  void look_fileThatIsNoneOrGone_leavesTheLastGoodKeysAndSaysSoOnce() throws IOException {
    ApiKey key = bench.issue();
    String good = bench.text();
    try (CapturedLog log = CapturedLog.of("rolecall.apikeys", Level.INFO);
        CallerVerifier verifier = bench.verifier()) {
      Caller caller = verified(read(verifier, key.text()));
      bench.write(good + "{");
      bench.reload();
      bench.reload();
      assertThat(log.at(Level.WARNING)).hasSize(1);
      assertThat(log.with(":3: cut off")).hasSize(1);

      Files.delete(bench.path);
      bench.reload();
      bench.reload();
      assertThat(log.at(Level.WARNING)).hasSize(2);
      assertThat(log.with("no such file")).hasSize(1);
      assertThat(verified(read(verifier, key.text()))).isSameAs(caller);
      assertThat(verifier.withdrawn(caller)).isEmpty();

      bench.write(good);
      bench.disable(key);
      bench.reload();
      assertThat(refused(read(verifier, key.text()))).isEqualTo(RefusalReason.CREDENTIAL_INACTIVE);
      assertThat(log.with("1 API keys loaded, 0 of them live")).hasSize(1);
    }
  }

  @Test
  void onWithdrawal_isHeardOncePerWithdrawalAndNotForANewKey() {
    ApiKey key = bench.issue();
    CallerVerifier verifier = bench.verifier();
    List<Optional<RefusalReason>> heard = new ArrayList<>();
    Caller caller = verified(read(verifier, key.text()));
    verifier.onWithdrawal(() -> heard.add(verifier.withdrawn(caller)));

    bench.issue();
    bench.reload();
    assertThat(heard).isEmpty();

    bench.disable(key);
    bench.reload();
    bench.reload();
    assertThat(heard).containsExactly(Optional.of(RefusalReason.CREDENTIAL_INACTIVE));
  }

  @Test
  void close_endsTheChecks() {
    ApiKey key = bench.issue();
    CallerVerifier verifier = bench.verifier();
    assertThat(bench.scheduler.periods()).containsExactly(Duration.ofSeconds(5));
    verifier.close();
    verifier.close();
    bench.disable(key);
    bench.reload();

    assertThat(bench.scheduler.periods()).isEmpty();
    assertThat(verified(read(verifier, key.text())).principal()).isEqualTo(KeyBench.CI);
  }

  @Test
  void period_isBounded() {
    assertThatThrownBy(() -> bench.scheme().period(Duration.ofMillis(99)))
        .hasMessage("period: PT0.099S (expected: PT0.1S to PT24H)");
    bench.issue();
    bench.scheme().period(Duration.ofSeconds(1)).verifier(bench.runtime).close();
  }

  private AccessControl access() {
    AccessPolicy policy =
        AccessPolicy.builder("test")
            .allow("the test's", List.of(PrincipalPattern.parse("key:ci")), "/test.v1.Echo/*")
            .build();
    return AccessControl.builder(PolicySource.fixed(policy))
        .accept(bench.scheme())
        .runtime(bench.runtime)
        .build();
  }

  private static Outcome call(AccessControl access, ConnectionMemo connection, ApiKey key) {
    return access.check(access.method(METHOD, true), connection, Credential.bearer(key.text()));
  }

  private static ConnectionMemo connection(AccessControl access) {
    return access.connection("198.51.100.1", Optional.of(BindingHash.of(new byte[] {1})), null);
  }

  /** The connection knows the key, and would else not read it again. */
  @Test
  void check_keyThatAConnectionKnows_isRefusedOnceItIsDisabledAndLiveCallsAreEnded() {
    ApiKey key = bench.issue();
    try (AccessControl access = access()) {
      ConnectionMemo connection = connection(access);
      assertThat(call(access, connection, key)).isInstanceOf(Admission.class);
      Admission live = (Admission) call(access, connection, key);
      assertThat(live.endMillis()).as("with the key").isGreaterThan(0);
      assertThat(access.recheck().refusal(live, null)).isNull();
      List<String> walks = new ArrayList<>();
      access.onChange(() -> walks.add("walk"));

      bench.disable(key);
      bench.reload();

      assertThat(walks).hasSize(1);
      assertThat(call(access, connection, key))
          .isInstanceOfSatisfying(
              Refusal.class,
              refusal -> assertThat(refusal.reason()).isEqualTo(RefusalReason.CREDENTIAL_INACTIVE));
      assertThat(access.recheck().refusal(live, null))
          .extracting(Refusal::reason)
          .isEqualTo(RefusalReason.CREDENTIAL_INACTIVE);
    }
  }

  @Test
  void check_onceAdmitted_isAnsweredByOneAdmissionAndAsItWas() {
    ApiKey key = bench.issue();
    try (AccessControl access = access()) {
      ConnectionMemo connection = connection(access);
      Outcome first = call(access, connection, key);

      assertThat(call(access, connection, key)).as("remembered, not judged anew").isSameAs(first);
    }
  }

  @Test
  void check_keyOfAnotherClient_isKnownAndNotAllowed() {
    ApiKey key = bench.issue(new ApiClient("other"));
    try (AccessControl access = access()) {
      assertThat(call(access, connection(access), key))
          .isInstanceOfSatisfying(
              Refusal.class,
              refusal -> assertThat(refusal.reason()).isEqualTo(RefusalReason.METHOD_NOT_ALLOWED));
    }
  }

  @Test
  void log_ofAllThatHappens_holdsNoPartOfASecret() {
    ApiKey key = bench.issue();
    try (CapturedLog apiKeys = CapturedLog.of("rolecall.apikeys", Level.ALL);
        CapturedLog engine = CapturedLog.of("rolecall.access", Level.ALL);
        AccessControl access = access();
        CallerVerifier verifier = bench.verifier()) {
      ConnectionMemo connection = connection(access);
      List<Object> said = new ArrayList<>();
      said.add(read(verifier, key.text()));
      said.add(call(access, connection, key));
      said.add(call(access, connection, ApiKey.random(key.id(), bench.random)));
      bench.disable(key);
      bench.reload();
      said.add(call(access, connection, key));
      said.add(read(verifier, key.text()));
      bench.write(KeyLine.HEADER + "\n" + key.text() + "\n");
      bench.reload();
      String all = said + apiKeys.text() + engine.text();

      assertThat(all).contains(key.id().value()).contains("API keys rejected");
      assertThat(all)
          .doesNotContain(key.text().substring(17))
          .doesNotContain(key.text().substring(17, 60))
          .doesNotContain(key.hash().hex());
    }
  }
}
