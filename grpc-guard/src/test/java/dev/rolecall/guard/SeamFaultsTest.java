package dev.rolecall.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Throws an {@code Error} from each seam of the guard and its look-ups, once and again and again,
 * and sees that streams are ended in time all the same, and nobody is left waiting.
 */
@Tag("attack")
final class SeamFaultsTest {

  private static final Duration AT_MOST = Duration.ofSeconds(2);
  private static final Duration GIVE_UP = Duration.ofSeconds(20);

  private static final Set<FaultSeam> OF_HANDLERS =
      EnumSet.of(FaultSeam.HANDLER_CANCEL, FaultSeam.CONTEXT_LISTENER);

  private static final Set<FaultSeam> OF_OUTAGES = EnumSet.of(FaultSeam.RANDOM, FaultSeam.FACTS);

  private static final Set<FaultSeam> TRIED = EnumSet.noneOf(FaultSeam.class);
  private static final List<String> OUTLIVED = new ArrayList<>();
  private static final List<String> UNANSWERED = new ArrayList<>();

  @TempDir Path directory;

  @AfterAll
  static void print() {
    System.out.printf(
        "Error from each seam: streams that outlive their right by more than 2 s: %d of %d seams;"
            + " new callers left waiting: %d%n",
        OUTLIVED.stream().distinct().count(), TRIED.size(), UNANSWERED.size());
  }

  @ParameterizedTest
  @EnumSource(FaultSeam.class)
  void errorOnce_endsNoStreamLate_andLeavesNobodyWaiting(FaultSeam seam) {
    hold(seam, 1);
  }

  @ParameterizedTest
  @EnumSource(FaultSeam.class)
  void errorEachTime_endsNoStreamLate_andLeavesNobodyWaiting(FaultSeam seam) {
    hold(seam, Integer.MAX_VALUE);
  }

  private void hold(FaultSeam seam, int times) {
    TRIED.add(seam);
    try (FaultRig rig = new FaultRig(seam, directory)) {
      ClientEnd before = rig.newcomer();
      assertThat(before.first()).isEqualTo("hello");

      rig.fault.arm(times);
      rig.issuerAnswers(!OF_OUTAGES.contains(seam));
      ClientEnd meanwhile = rig.newcomer().halfClose();
      // The same credential once more: it must not join a look-up that nobody will end.
      ClientEnd again = rig.sameProof().halfClose();
      if (!meanwhile.endsWithin(GIVE_UP) || !again.endsWithin(GIVE_UP)) {
        UNANSWERED.add(seam.toString());
      }
      letOneWait(seam, rig);
      rig.lapse();
      end(seam, "by time, in the fault", before);
      if (OF_HANDLERS.contains(seam)) {
        // The client may hear of the end before the handler does.
        assertThat(rig.fault.strikesWithin(GIVE_UP)).isTrue();
      }

      rig.fault.disarm();
      rig.issuerAnswers(true);
      ClientEnd after = rig.newcomer();
      assertThat(after.first()).isEqualTo("hello");
      rig.lapse();
      end(seam, "by time, after the fault", after);

      ClientEnd revoked = rig.newcomer();
      assertThat(revoked.first()).isEqualTo("hello");
      // A policy that cannot be read at all is no reason to end a stream before its time.
      rig.fault.arm(seam == FaultSeam.POLICY_SOURCE ? 1 : times);
      rig.policyAllows(false);
      end(seam, "by the policy, in the fault", revoked);
      rig.fault.disarm();

      rig.policyAllows(true);
      ClientEnd last = rig.newcomer();
      assertThat(last.first()).isEqualTo("hello");
      rig.policyAllows(false);
      end(seam, "by the policy, after the fault", last);

      assertThat(rig.fault.struck()).as("the seam threw").isPositive();
      assertThat(UNANSWERED).as("left waiting").isEmpty();
    }
  }

  /** A look-up may end before its call waits, and then no executor starts the handler. */
  private static void letOneWait(FaultSeam seam, FaultRig rig) {
    for (int i = 0; i < 1_000 && isUnusedExecutor(seam, rig); i++) {
      assertThat(rig.newcomer().halfClose().endsWithin(GIVE_UP)).isTrue();
    }
  }

  private static boolean isUnusedExecutor(FaultSeam seam, FaultRig rig) {
    return seam == FaultSeam.START_EXECUTOR && rig.fault.struck() == 0;
  }

  private static void end(FaultSeam seam, String how, ClientEnd stream) {
    if (!stream.endsWithin(AT_MOST)) {
      OUTLIVED.add(seam.toString());
    }
    assertThat(stream.endsWithin(Duration.ZERO)).as("ended %s", how).isTrue();
    assertThat(stream.code()).isIn(Status.Code.UNAUTHENTICATED, Status.Code.PERMISSION_DENIED);
  }
}
