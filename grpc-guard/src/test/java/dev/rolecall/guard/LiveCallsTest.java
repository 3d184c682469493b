package dev.rolecall.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LiveCallsTest {

  private final LiveCalls live = new LiveCalls();

  @Test
  void moreCallsThanPlaces_areAllKept_untilEachIsRemoved() {
    List<AdmittedCall<?>> calls = new ArrayList<>();
    for (int i = 0; i < 3 * LiveCalls.PLACES; i++) {
      AdmittedCall<String> call = call();
      calls.add(call);
      live.add(call);
    }
    assertLive(calls);

    List<AdmittedCall<?>> removed = calls.subList(0, 2 * LiveCalls.PLACES);
    removed.forEach(live::remove);
    assertLive(calls.subList(2 * LiveCalls.PLACES, 3 * LiveCalls.PLACES));

    calls.forEach(live::remove);
    assertThat(live.size()).isZero();
  }

  @Test
  void callRemovedTwice_doesNotTakeAnothersPlace() {
    AdmittedCall<String> gone = call();
    live.add(gone);
    live.remove(gone);
    List<AdmittedCall<?>> others = new ArrayList<>();
    for (int i = 0; i < 4 * LiveCalls.PLACES; i++) {
      others.add(call());
      live.add(others.get(i));
    }

    live.remove(gone);

    assertLive(others);
  }

  @Test
  void callThatIsNotHere_isNotRemoved() {
    live.remove(call());

    assertThat(live.size()).isZero();
  }

  private void assertLive(List<AdmittedCall<?>> expected) {
    assertThat(live.size()).isEqualTo(expected.size());
    assertThat(Set.copyOf(live.snapshot())).isEqualTo(Set.copyOf(expected));
  }

  private AdmittedCall<String> call() {
    GuardedCall<String, String> guarded =
        new GuardedCall<>(new RecordingCall<>(), Ends.on(Runnable::run));
    return new AdmittedCall<>(
        guarded, Context.ROOT.withCancellation(), GuardedServer.admission(), live, true);
  }
}
