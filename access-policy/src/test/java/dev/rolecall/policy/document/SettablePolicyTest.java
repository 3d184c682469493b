package dev.rolecall.policy.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.PolicySource.Registration;
import dev.rolecall.policy.ReloadObserver;
import dev.rolecall.testsupport.CapturedLog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A policy that is set, or fetched from where no file is. */
@Tag("attack")
final class SettablePolicyTest {

  private static final String SOURCE = "s3://config/orders.yaml";

  private final List<String> heard = new ArrayList<>();

  @Test
  void set_isInForceAndTold() {
    SettablePolicy policies = SettablePolicy.of(policy("one"));
    Registration listening = policies.onChange(() -> heard.add(policies.current().name()));
    Optional<Registration> observing = policies.observedBy(observer());

    policies.set(policy("two"));
    policies.set(policy("three"));
    listening.close();
    observing.orElseThrow().close();
    policies.set(policy("four"));

    assertThat(heard).containsExactly("two", "reloaded", "three", "reloaded");
    assertThat(policies.current().name()).isEqualTo("four");
  }

  @Test
  void of_textThatIsNoPolicy_throws() {
    assertThatThrownBy(() -> SettablePolicy.of(SOURCE, text("nme: x")))
        .isInstanceOf(InvalidPolicyException.class)
        .hasMessageContaining(SOURCE + ":1:1: unknown key \"nme\" (expected: name)");
  }

  @Test
  void refresh_anotherText_isTakenUpAtOnce() {
    SettablePolicy policies = SettablePolicy.of(SOURCE, text("name: one"));
    policies.observedBy(observer());

    assertThat(refreshed(policies, () -> text("name: one"))).isEqualTo("unchanged");
    assertThat(refreshed(policies, () -> text("name: two"))).isEqualTo("reloaded");
    assertThat(refreshed(policies, () -> text("name: two"))).isEqualTo("unchanged");

    assertThat(policies.current().name()).isEqualTo("two");
    assertThat(heard).containsExactly("reloaded");
  }

  @Test
  void refresh_noPolicyOrNoAnswer_keepsTheLastGoodOneAndSaysSoOnce() {
    SettablePolicy policies = SettablePolicy.of(SOURCE, text("name: one"));
    policies.observedBy(observer());
    Callable<byte[]> failing =
        () -> {
          throw new IOException("https://config.s3.amazonaws.com/?X-Amz-Signature=secret");
        };
    try (CapturedLog log = CapturedLog.of("rolecall.policy", Level.WARNING)) {
      assertThat(refreshed(policies, failing)).isEqualTo("rejected");
      assertThat(refreshed(policies, failing)).isEqualTo("unchanged");
      assertThat(refreshed(policies, () -> text("name: 7"))).isEqualTo("rejected");
      assertThat(refreshed(policies, () -> text("name: 7"))).isEqualTo("unchanged");

      assertThat(policies.current().name()).isEqualTo("one");
      assertThat(heard).containsExactly("rejected", "rejected");
      assertThat(log.lines())
          .containsExactly(
              "WARNING policy rejected, the last good policy stays: [s3://config/orders.yaml: the"
                  + " policy cannot be fetched: IOException]",
              "WARNING policy rejected, the last good policy stays: [s3://config/orders.yaml:1:7:"
                  + " name: \"7\" is a number (expected: a string, in quotes: \"7\")]");
    }
    assertThat(refreshed(policies, () -> text("name: one"))).isEqualTo("reloaded");
  }

  @Test
  void refresh_errorInTheFetch_isCountedAndThrowsNothing() {
    SettablePolicy policies = SettablePolicy.of(SOURCE, text("name: one"));
    policies.observedBy(observer());

    assertThat(
            refreshed(
                policies,
                () -> {
                  throw new AssertionError("a defect of the fetch");
                }))
        .isEqualTo("unchanged");

    assertThat(heard).containsExactly("failed policy_file");
    assertThat(refreshed(policies, () -> text("name: two"))).isEqualTo("reloaded");
  }

  @Test
  void refresh_interrupted_keepsTheInterruption() {
    SettablePolicy policies = SettablePolicy.of(SOURCE, text("name: one"));

    assertThat(
            refreshed(
                policies,
                () -> {
                  throw new InterruptedException();
                }))
        .isEqualTo("rejected");
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void refresh_afterSet_takesUpTheTextThatWasThereBefore() {
    SettablePolicy policies = SettablePolicy.of(SOURCE, text("name: one"));
    policies.set(policy("set"));

    assertThat(refreshed(policies, () -> text("name: one"))).isEqualTo("reloaded");
    assertThat(policies.current().name()).isEqualTo("one");
  }

  private static String refreshed(SettablePolicy policies, Callable<byte[]> fetch) {
    return policies.refresh(SOURCE, fetch).label();
  }

  private ReloadObserver observer() {
    return new ReloadObserver() {
      @Override
      public void onReload(String result) {
        heard.add(result);
      }

      @Override
      public void onFailure(String task) {
        heard.add("failed " + task);
      }
    };
  }

  private static AccessPolicy policy(String name) {
    return AccessPolicy.builder(name).build();
  }

  private static byte[] text(String text) {
    return text.getBytes(UTF_8);
  }
}
