package dev.rolecall.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.scheme.Verification;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Throws an {@code Error} from each seam of the scheme, once and again and again, and sees that
 * every caller has a verdict all the same, and that callers are verified once the fault is over.
 */
@Tag("attack")
final class StsFaultsTest {

  private static final int GIVE_UP_SECONDS = 20;

  @ParameterizedTest
  @EnumSource(StsFaultRig.Seam.class)
  void errorOnce_leavesNobodyWaiting(StsFaultRig.Seam seam) throws Exception {
    hold(seam, 1);
  }

  @ParameterizedTest
  @EnumSource(StsFaultRig.Seam.class)
  void errorEachTime_leavesNobodyWaiting(StsFaultRig.Seam seam) throws Exception {
    hold(seam, Integer.MAX_VALUE);
  }

  private static void hold(StsFaultRig.Seam seam, int times) throws Exception {
    try (StsFaultRig rig = new StsFaultRig(seam)) {
      assertThat(verdict(rig.newcomer())).isInstanceOf(Verification.Verified.class);

      rig.arm(times);
      rig.stsAnswers(seam != StsFaultRig.Seam.RANDOM);
      CompletableFuture<Verification> meanwhile = rig.newcomer();
      // The same proof once more: it must not join a look-up that nobody will end.
      CompletableFuture<Verification> again = rig.sameProof();
      verdict(meanwhile);
      verdict(again);

      rig.arm(0);
      rig.stsAnswers(true);
      assertThat(verdict(rig.newcomer())).isInstanceOf(Verification.Verified.class);
      assertThat(rig.struck()).as("the seam threw").isPositive();
    }
  }

  private static Verification verdict(CompletableFuture<Verification> asked)
      throws InterruptedException, ExecutionException, TimeoutException {
    return asked.get(GIVE_UP_SECONDS, TimeUnit.SECONDS);
  }
}
