package dev.rolecall.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.identity.Caller;
import io.grpc.Context;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallGuardBuilderTest {

  private final CallGuardBuilder builder =
      CallGuard.builder(new FakePolicies(GuardedServer.denyAll())).accept(new FakeScheme());

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT0.009S", "PT1M0.001S", "-PT1S"})
  void watchPeriod_outOfRange_isRefused(Duration period) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.watchPeriod(period))
        .withMessage("watch period: " + period + " (expected: PT0.01S to PT1M)");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 1_000_001})
  void suspendedCalls_outOfRange_areRefused(int calls) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.maxSuspendedCalls(calls))
        .withMessage("suspended calls: " + calls + " (expected: 1 to 1000000)");
  }

  @Test
  void boundaries_areAccepted() {
    builder.watchPeriod(Duration.ofMillis(10)).watchPeriod(Duration.ofMinutes(1));
    builder.maxSuspendedCalls(1).maxSuspendedCalls(1_000_000);
  }

  @Test
  void builder_withoutAScheme_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CallGuard.builder(new FakePolicies(GuardedServer.denyAll())).build())
        .withMessage("schemes: none (expected: at least one, given to accept)");
  }

  @Test
  void guard_closesAllThatItWasBuiltWith() {
    FakeScheme scheme = new FakeScheme();
    FakePolicies policies = new FakePolicies(GuardedServer.denyAll());
    FakePolicies shadow = new FakePolicies(GuardedServer.denyAll());
    AccessRuntime runtime = AccessRuntime.ofDefaults();
    CallGuard guard =
        CallGuard.builder(policies).accept(scheme).shadowPolicy(shadow).runtime(runtime).build();

    guard.close();

    assertThat(scheme.closed()).isTrue();
    assertThat(policies.closes()).isEqualTo(1);
    assertThat(shadow.closes()).isEqualTo(1);
    assertThatThrownBy(() -> runtime.application().execute(() -> {}))
        .isInstanceOf(RejectedExecutionException.class);
  }

  @Test
  void guard_closedTwice_closesEachOfThemOnce() {
    FakePolicies policies = new FakePolicies(GuardedServer.denyAll());
    AtomicInteger closes = new AtomicInteger();
    CallGuard guard = CallGuard.builder(policies).accept(new FakeScheme()).build();
    guard.closeToo(closes::incrementAndGet);

    guard.close();
    guard.close();

    assertThat(closes).hasValue(1);
    assertThat(policies.closes()).isEqualTo(1);
  }

  /** What was made for a server while its guard was closed would live on without end. */
  @Test
  void guard_closedBefore_closesWhatIsGivenToItAtOnce() {
    AtomicInteger closes = new AtomicInteger();
    CallGuard guard = builder.build();
    guard.close();

    guard.closeToo(closes::incrementAndGet);

    assertThat(closes).hasValue(1);
  }

  @Test
  void ownThreads_endWithTheGuard() throws InterruptedException {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    CallGuard guard = builder.build();
    Set<Thread> own = new HashSet<>(Thread.getAllStackTraces().keySet());
    own.removeAll(before);
    own.removeIf(thread -> !thread.getName().startsWith("rolecall-"));
    assertThat(own).extracting(Thread::getName).contains("rolecall-watch-1");

    guard.close();
    guard.close();

    assertThat(guard.liveCalls()).isZero();
    for (Thread thread : own) {
      thread.join(TimeUnit.MINUTES.toMillis(2));
      assertThat(thread.isAlive()).isFalse();
    }
  }

  @Test
  void currentCaller_outsideACall_isNone() {
    assertThat(CurrentCaller.find()).isEmpty();
    assertThatIllegalStateException().isThrownBy(CurrentCaller::get);
  }

  @Test
  void currentCaller_inAContextMadeForATest_isThatCaller() throws Exception {
    Caller caller = GuardedServer.caller();
    Context context = CurrentCaller.in(Context.ROOT, caller);

    assertThat(context.call(CurrentCaller::get)).isSameAs(caller);
    assertThat(CurrentCaller.without(context).call(CurrentCaller::find)).isEmpty();
    assertThat(CurrentCaller.without(Context.ROOT)).isSameAs(Context.ROOT);
  }
}
