package dev.rolecall.access;

import static dev.rolecall.access.AccessBench.SAY;
import static dev.rolecall.access.AccessBench.admitted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.scheme.Credential;
import dev.rolecall.access.scheme.FakeScheme;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Runs the snippet of this module's README. */
final class ReadmeSnippetsTest {

  private final List<Outcome> acted = new ArrayList<>();

  private void act(Outcome outcome) {
    acted.add(outcome);
  }

  @Test
  void judge_actsOnTheAnswer_atOnceOrOnceItIsThere() {
    try (AccessBench bench = new AccessBench()) {
      AccessControl access = bench.access;
      CalledMethod say = access.method(SAY, true);
      judge(access, say, bench.connection, FakeScheme.header("key:id:0"));
      assertThat(acted).isEmpty();

      bench.scheme.answer(0, bench.yes());
      judge(access, say, bench.connection, FakeScheme.header("key:id:0"));

      assertThat(acted).hasSize(2).allSatisfy(AccessBench::admitted);
      assertThat(admitted(acted.get(0))).isSameAs(acted.get(1));
    }
  }

  private void judge(
      AccessControl access, CalledMethod method, ConnectionMemo connection, Credential credential) {
    // region judge
    Outcome outcome = access.check(method, connection, credential);
    if (outcome instanceof Pending pending) {
      pending.whenReady(() -> act(pending.outcome()));
    } else {
      act(outcome);
    }
    // endregion
  }
}
