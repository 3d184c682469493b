package dev.rolecall.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.scheme.Verification;
import dev.rolecall.identity.RefusalReason;
import io.grpc.Status;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CancelVerdictRaceTest {

  private static final int RACES = 1_500;

  /** A client cancels while the verdict comes, or a little before or after it. */
  @Test
  void cancelAgainstVerdict_alwaysEndsTheCallOnce() throws Exception {
    Random random = new Random(20261121);
    EchoHandler handler = new EchoHandler();
    ExecutorService other = Executors.newSingleThreadExecutor();
    int completed = 0;
    try (GuardedServer server = GuardedServer.of(TestService.BIDI, handler)) {
      for (int race = 0; race < RACES; race++) {
        String proof = "p" + race;
        CompletableFuture<Verification> verdict = server.scheme.hold(proof);
        boolean good = random.nextInt(4) > 0;
        Verification verification =
            good
                ? GuardedServer.verified()
                : new Verification.Refused(RefusalReason.ISSUER_REFUSED);
        int cancelAfter = random.nextInt(4_000);
        int verdictAfter = random.nextInt(4_000);
        ClientEnd client =
            ClientEnd.start(server.sending("Bearer " + proof), TestService.BIDI)
                .send("a")
                .halfClose();
        if (random.nextBoolean()) {
          SuspendedCallTest.awaitAsked(server, race + 1);
        }
        CyclicBarrier together = new CyclicBarrier(2);
        CompletableFuture<Void> deciding =
            CompletableFuture.runAsync(
                () -> {
                  meet(together);
                  spin(verdictAfter);
                  verdict.complete(verification);
                },
                other);
        meet(together);
        spin(cancelAfter);
        client.cancel();
        deciding.get(2, TimeUnit.MINUTES);

        Status.Code code = client.code();
        assertThat(code).isIn(Status.Code.OK, Status.Code.CANCELLED, Status.Code.UNAUTHENTICATED);
        if (code == Status.Code.OK) {
          completed++;
        }
      }
      // Every call that was started has its last event, whoever won.
      SuspendedCallTest.awaitAsked(server, 1);
      server.scheme.answer("last", GuardedServer.verified());
      ClientEnd last =
          ClientEnd.start(server.sending("Bearer last"), TestService.BIDI).send("z").halfClose();
      assertThat(last.code()).isEqualTo(Status.Code.OK);
    } finally {
      other.shutdown();
    }
    long starts = count(handler, "start");
    assertThat(starts).isGreaterThanOrEqualTo(completed + 1);
    assertThat(count(handler, "complete") + count(handler, "cancel")).isEqualTo(starts);
  }

  private static long count(EchoHandler handler, String event) {
    return handler.events.stream().filter(event::equals).count();
  }

  private static void meet(CyclicBarrier barrier) {
    try {
      barrier.await(2, TimeUnit.MINUTES);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static void spin(int turns) {
    for (int i = 0; i < turns; i++) {
      Thread.onSpinWait();
    }
  }
}
