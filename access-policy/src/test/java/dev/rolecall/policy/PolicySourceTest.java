package dev.rolecall.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sources made of others: the changes, reloads and closes that they pass on. */
final class PolicySourceTest {

  private static final AccessPolicy POLICY = AccessPolicy.builder("x").build();

  private static final ReloadObserver OBSERVER =
      new ReloadObserver() {
        @Override
        public void onReload(String result) {}

        @Override
        public void onFailure(String task) {}
      };

  private final ChangingSource one = new ChangingSource(POLICY);
  private final ChangingSource other = new ChangingSource(POLICY);

  @Test
  void narrowed_closed_closesBoth() {
    one.narrowedBy(other).close();

    assertThat(one.timesClosed()).isEqualTo(1);
    assertThat(other.timesClosed()).isEqualTo(1);
  }

  /** Else the thread that follows the other's file would live on. */
  @Test
  void narrowed_whoseOneSourceThrows_leavesTheOtherAllTheSame() {
    PolicySource broken =
        new PolicySource() {
          @Override
          public AccessPolicy current() {
            return POLICY;
          }

          @Override
          public Registration onChange(Runnable listener) {
            return () -> {
              throw new IllegalStateException("a source's defect");
            };
          }

          @Override
          public void close() {
            throw new IllegalStateException("a source's defect");
          }
        };
    PolicySource narrowed = broken.narrowedBy(other);
    List<String> heard = new ArrayList<>();
    PolicySource.Registration registration = narrowed.onChange(() -> heard.add("a change"));

    assertThatThrownBy(registration::close).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(narrowed::close).isInstanceOf(IllegalStateException.class);

    other.change(POLICY);
    assertThat(heard).isEmpty();
    assertThat(other.timesClosed()).isEqualTo(1);
  }

  @Test
  void narrowed_observed_bothAreIfTheyCanBe() {
    PolicySource fixed = PolicySource.fixed(POLICY);

    assertThat(one.narrowedBy(other).observedBy(OBSERVER)).isPresent();
    assertThat(one.observers()).containsExactly(OBSERVER);
    assertThat(other.observers()).containsExactly(OBSERVER);
    assertThat(fixed.narrowedBy(other).observedBy(OBSERVER)).isPresent();
    assertThat(one.narrowedBy(fixed).observedBy(OBSERVER)).isPresent();
    assertThat(fixed.narrowedBy(fixed).observedBy(OBSERVER)).isEmpty();
  }

  @Test
  void narrowed_observedNoMore_neitherIs() {
    PolicySource fixed = PolicySource.fixed(POLICY);

    for (PolicySource narrowed :
        List.of(one.narrowedBy(other), fixed.narrowedBy(other), one.narrowedBy(fixed))) {
      narrowed.observedBy(OBSERVER).orElseThrow().close();
    }

    assertThat(one.observers()).isEmpty();
    assertThat(other.observers()).isEmpty();
  }

  @Test
  void shared_closed_leavesTheSourceOpen() {
    one.shared().close();

    assertThat(one.timesClosed()).isZero();
  }

  @Test
  void shared_isTheSourceInAllElse() {
    AccessPolicy next = AccessPolicy.builder("next").build();
    PolicySource shared = one.shared();
    List<AccessPolicy> heard = new ArrayList<>();
    PolicySource.Registration registration = shared.onChange(() -> heard.add(shared.current()));

    one.change(next);
    registration.close();
    one.change(POLICY);

    assertThat(heard).containsExactly(next);
    assertThat(shared.observedBy(OBSERVER)).isPresent();
    assertThat(PolicySource.fixed(POLICY).shared().observedBy(OBSERVER)).isEmpty();
  }
}
