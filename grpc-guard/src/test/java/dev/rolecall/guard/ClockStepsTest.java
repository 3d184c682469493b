package dev.rolecall.guard;

import static dev.rolecall.guard.Refusals.assertRefusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.rolecall.access.StreamLifetime;
import dev.rolecall.identity.RefusalReason;
import io.grpc.Status;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A clock that is set back brings nothing back; one that is set forward is obeyed. */
@Tag("attack")
final class ClockStepsTest {

  private static final String GOOD = "Bearer good";
  private static final Duration STREAM_LIFE =
      GuardedServer.PROOF_LIFE.plus(StreamLifetime.DEFAULT_GRACE);

  private final AtomicLong nanos = new AtomicLong();
  private final EchoHandler handler = new EchoHandler();

  private GuardedServer server() {
    GuardedServer server =
        GuardedServer.of(
            TestService.BIDI,
            handler,
            GuardedServer.Setup.USUAL.runtime(options -> options.ticker(nanos::get)));
    server.scheme.answer("good", GuardedServer.verified());
    return server;
  }

  @Test
  void lapsedProof_staysLapsedOnItsConnection_whenTheClockStepsBack() {
    try (GuardedServer server = server()) {
      call(server);
      server.clock.advance(GuardedServer.PROOF_LIFE.plusMillis(1));
      assertRefusal(catchThrowable(() -> call(server)), RefusalReason.CREDENTIAL_EXPIRED);

      server.clock.advance(Duration.ofMinutes(-10));

      assertRefusal(catchThrowable(() -> call(server)), RefusalReason.CREDENTIAL_EXPIRED);
    }
  }

  @Test
  void proof_lapsesInItsTime_whileTheClockIsBack() {
    try (GuardedServer server = server()) {
      call(server);
      server.clock.advance(Duration.ofHours(-1));
      pass(server, GuardedServer.PROOF_LIFE);
      call(server);

      pass(server, Duration.ofMillis(1));

      assertRefusal(catchThrowable(() -> call(server)), RefusalReason.CREDENTIAL_EXPIRED);
    }
  }

  @Test
  void stream_isEndedInItsTime_whileTheClockIsBack() {
    try (GuardedServer server = server()) {
      ClientEnd stream = stream(server);
      server.clock.advance(Duration.ofHours(-1));
      pass(server, STREAM_LIFE.minusNanos(1));
      assertThat(stream.isOver()).isFalse();

      pass(server, Duration.ofNanos(1));

      assertRefusal(stream.end(), RefusalReason.CREDENTIAL_EXPIRED);
    }
  }

  @Test
  void stream_isEndedAtOnce_whenTheClockStepsForward() {
    try (GuardedServer server = server()) {
      ClientEnd stream = stream(server);

      server.clock.advance(STREAM_LIFE);
      server.scheduler.tick();

      assertRefusal(stream.end(), RefusalReason.CREDENTIAL_EXPIRED);
    }
  }

  private ClientEnd stream(GuardedServer server) {
    ClientEnd stream = ClientEnd.start(server.sending(GOOD), TestService.BIDI).send("a");
    assertThat(stream.first()).isEqualTo("a");
    return stream;
  }

  /** Throws what the call fails with. */
  private static void call(GuardedServer server) {
    ClientEnd client = ClientEnd.start(server.sending(GOOD), TestService.BIDI).halfClose();
    Throwable end = client.end();
    if (Status.fromThrowable(end).getCode() != Status.Code.OK) {
      throw (RuntimeException) end;
    }
  }

  /** Time passes, and the guard walks. */
  private void pass(GuardedServer server, Duration time) {
    nanos.addAndGet(time.toNanos());
    server.scheduler.tick();
  }
}
