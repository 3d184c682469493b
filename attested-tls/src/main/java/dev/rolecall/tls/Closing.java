package dev.rolecall.tls;

import dev.rolecall.client.ProofSource;
import dev.rolecall.verifier.CallerVerifier;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/** What an end has made and closes again, the last first. Not safe for use by several threads. */
final class Closing {

  private final Deque<Runnable> made = new ArrayDeque<>();

  OwnAttestation add(OwnAttestation attestation) {
    made.push(attestation::close);
    return attestation;
  }

  ServerRoleCheck add(ServerRoleCheck check) {
    made.push(check::close);
    return check;
  }

  ProofSource add(ProofSource proofs) {
    made.push(proofs::close);
    return proofs;
  }

  CallerVerifier add(CallerVerifier verifier) {
    made.push(verifier::close);
    return verifier;
  }

  /** One daemon thread. */
  ScheduledExecutorService newScheduler() {
    ScheduledThreadPoolExecutor scheduler =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "rolecall-attestation");
              thread.setDaemon(true);
              return thread;
            });
    scheduler.setRemoveOnCancelPolicy(true);
    made.push(scheduler::shutdown);
    return scheduler;
  }

  /** Closes all of it; a second time nothing. */
  void closeAll() {
    while (!made.isEmpty()) {
      made.pop().run();
    }
  }
}
