package dev.rolecall.benchmarks.grants;

import dev.rolecall.access.grant.Grants;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.benchmarks.fleet.ChildCommands;
import dev.rolecall.benchmarks.pace.Pause;
import dev.rolecall.benchmarks.pace.Terminal;
import dev.rolecall.grants.GrantFeed;
import dev.rolecall.grants.Staleness;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.Evidence;
import dev.rolecall.identity.IamRole;
import dev.rolecall.policy.grant.PermissionName;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A process that follows a feed of many grants, and says what each takes on the heap: the live heap
 * after full collections with all of them, less the live heap before. Each grant is of another
 * person of one permission set.
 */
final class GrantMemory implements ChildCommands {

  /** {@code measure COUNT}: answers with the bytes of a grant. */
  static final String MEASURE = "measure";

  private static final int WARM_UP = 1_000;
  private static final int COLLECTIONS = 4;
  private static final int MOST_POLLS = 1_200;
  private static final Duration POLL = Duration.ofMillis(50);
  private static final PermissionName PERMISSION = PermissionName.of(Corp.PERMISSION);
  private static final Instant NEVER = Instant.ofEpochSecond(32_503_680_000L);

  private GrantMemory() {}

  public static void main(String[] arguments) throws Exception {
    Terminal.showWarningsOnly();
    new GrantMemory().serve();
    System.exit(0);
  }

  @Override
  public String answer(String command) throws Exception {
    String[] words = command.split(" ", -1);
    if (!words[0].equals(MEASURE)) {
      throw new IllegalArgumentException("command: " + words[0]);
    }
    int count = Integer.parseInt(words[1]);
    try (ToldGrants feed = ToldGrants.start(Clock.systemUTC());
        AccessRuntime runtime = AccessRuntime.ofDefaults();
        Grants grants =
            GrantFeed.over("access", feed::channel)
                .staleness(Staleness.BEST_EFFORT)
                .open(runtime)) {
      grants.require(Set.of(PERMISSION));
      feed.tell(0, WARM_UP);
      awaitLast(grants, WARM_UP);
      long before = liveBytes();
      feed.tell(WARM_UP, WARM_UP + count);
      awaitLast(grants, WARM_UP + count);
      long after = liveBytes();
      // Else the figure would be too low.
      awaitLast(grants, WARM_UP + count);
      return Double.toString((double) (after - before) / count);
    }
  }

  private static void awaitLast(Grants grants, int count) {
    for (int polls = 0; !isHeld(grants, count - 1) || !isHeld(grants, 0); polls++) {
      if (polls == MOST_POLLS) {
        throw new IllegalStateException("grants that were told are not held");
      }
      Pause.of(POLL);
    }
  }

  private static boolean isHeld(Grants grants, int number) {
    Caller caller =
        Caller.of(
            IamRole.of("arn:aws:iam::111122223333:role/Engineer", Corp.ENGINEER.roleId()),
            Evidence.ofSession("aws-iam", Evidence.Carrier.CALL_METADATA, ToldGrants.user(number)),
            NEVER);
    return grants.holding(caller, PERMISSION, Optional.empty()).isHeld();
  }

  private static long liveBytes() {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
