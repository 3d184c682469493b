package dev.rolecall.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.StreamLifetime;
import dev.rolecall.access.scheme.Verification;
import io.grpc.Context;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Application code may take its time: nobody else's call waits for it. */
@Tag("attack")
final class GuardThreadsTest {

  private static final int SLOW = 100;
  private static final Duration SOON = Duration.ofSeconds(20);

  @Test
  void slowStarts_delayNeitherNewcomersNorEnds() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch stuck = new CountDownLatch(SLOW);
    EchoHandler echo = new EchoHandler();
    try (GuardedServer server =
        GuardedServer.of(
            TestService.BIDI,
            (call, headers) -> {
              if (CurrentCaller.get().evidence().sessionName().equals(Optional.of("slow"))) {
                stuck.countDown();
                awaitThat(release);
              }
              return echo.startCall(call, headers);
            },
            GuardedServer.Setup.USUAL.withThreadsOfTheGuards())) {
      ClientEnd living = resumed(server, "living", "quick");
      assertThat(living.first()).isEqualTo("hello");
      List<ClientEnd> slow = new ArrayList<>();
      for (int i = 0; i < SLOW; i++) {
        slow.add(resumed(server, "slow " + i, "slow"));
      }
      assertThat(stuck.await(2, TimeUnit.MINUTES)).isTrue();

      ClientEnd newcomer = resumed(server, "newcomer", "quick");
      assertThat(newcomer.first()).isEqualTo("hello");
      server.clock.advance(GuardedServer.PROOF_LIFE.plus(StreamLifetime.DEFAULT_GRACE));
      server.scheduler.tick();

      assertThat(living.endsWithin(SOON)).isTrue();
      assertThat(newcomer.endsWithin(SOON)).isTrue();
      // Those whose handlers have not even started have no more time than others.
      assertThat(slow).allMatch(each -> each.endsWithin(SOON));
      assertThat(slow).allMatch(each -> each.code() == Status.Code.UNAUTHENTICATED);
      release.countDown();
    } finally {
      release.countDown();
    }
  }

  @Test
  void slowHandlerAtItsEnd_delaysNoOtherEnd() {
    CountDownLatch release = new CountDownLatch(1);
    EchoHandler echo = new EchoHandler();
    try (GuardedServer server =
        GuardedServer.of(
            TestService.BIDI,
            (call, headers) -> {
              Context.current().addListener(ended -> awaitThat(release), Runnable::run);
              return echo.startCall(call, headers);
            },
            GuardedServer.Setup.USUAL.withThreadsOfTheGuards())) {
      List<ClientEnd> all = new ArrayList<>();
      for (int i = 0; i < SLOW; i++) {
        all.add(resumed(server, "one " + i, "quick"));
      }
      assertThat(all).allMatch(each -> each.first().equals("hello"));
      server.policies.change(GuardedServer.denyAll());

      assertThat(all).allMatch(each -> each.endsWithin(SOON));
      release.countDown();
    } finally {
      release.countDown();
    }
  }

  @Test
  void slowHandlerAtItsEnd_delaysNoWalk_whereNoThreadIsToBeHad() {
    CountDownLatch release = new CountDownLatch(1);
    EchoHandler echo = new EchoHandler();
    Executor none =
        task -> {
          throw new OutOfMemoryError("no further thread");
        };
    try (GuardedServer server =
        GuardedServer.of(
            TestService.BIDI,
            (call, headers) -> {
              Context.current().addListener(ended -> awaitThat(release), Runnable::run);
              return echo.startCall(call, headers);
            },
            GuardedServer.Setup.USUAL
                .onOneThread()
                .runtime(options -> options.applicationExecutor(none).endExecutor(none)))) {
      server.scheme.answer("good", GuardedServer.verified());
      List<ClientEnd> all = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        all.add(ClientEnd.start(server.sending("Bearer good"), TestService.BIDI).send("hello"));
      }
      assertThat(all).allMatch(each -> each.first().equals("hello"));
      server.clock.advance(GuardedServer.PROOF_LIFE.plus(StreamLifetime.DEFAULT_GRACE));
      // The server's own thread is busy too, so that nobody else tells a handler.
      server.workers().execute(() -> awaitThat(release));
      Thread walking = new Thread(server.scheduler::tick);
      walking.start();

      assertThat(all).allMatch(each -> each.endsWithin(SOON));
      release.countDown();
    } finally {
      release.countDown();
    }
  }

  /** A stream whose call waited for its verdict. */
  private static ClientEnd resumed(GuardedServer server, String proof, String session) {
    CompletableFuture<Verification> verdict = server.scheme.hold(proof);
    int asked = server.scheme.asked.size();
    ClientEnd client =
        ClientEnd.start(server.sending("Bearer " + proof), TestService.BIDI).send("hello");
    SuspendedCallTest.awaitAsked(server, asked + 1);
    verdict.complete(GuardedServer.verified(session));
    return client;
  }

  private static void awaitThat(CountDownLatch latch) {
    try {
      latch.await(2, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
