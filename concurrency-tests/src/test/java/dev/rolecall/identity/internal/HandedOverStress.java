package dev.rolecall.identity.internal;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** A task whose executor throws, and runs it all the same: it is done once, here or there. */
@JCStressTest
@Outcome(id = "1", expect = ACCEPTABLE, desc = "done once")
@State
public class HandedOverStress {

  private static final Supervisor SUPERVISOR =
      new Supervisor(System.getLogger("stress"), task -> {});

  private final AtomicInteger done = new AtomicInteger();
  private final HandedOver task = new HandedOver(SUPERVISOR, "stress", done::incrementAndGet);

  @Actor
  public void executor() {
    task.run();
  }

  @Actor
  public void caller() {
    if (task.takeBack(new RejectedExecutionException())) {
      done.incrementAndGet();
    }
  }

  @Arbiter
  public void seen(I_Result result) {
    result.r1 = done.get();
  }
}
