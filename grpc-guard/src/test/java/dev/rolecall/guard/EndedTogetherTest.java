package dev.rolecall.guard;

import static dev.rolecall.guard.GrantedStreams.HOUR;
import static dev.rolecall.guard.Refusals.assertRefusal;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rolecall.identity.RefusalReason;
import dev.rolecall.policy.grant.GrantRequirement;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Many streams that end together: all are shut before the first is closed. */
@Tag("attack")
final class EndedTogetherTest {

  private static final int STREAMS = 2_000;

  private final EchoHandler handler = new EchoHandler();
  private final Queue<Runnable> closes = new ConcurrentLinkedQueue<>();

  private volatile long openAtTheFirstClose = -1;

  private GrantedStreams rig() {
    return rig(setup -> setup);
  }

  private GrantedStreams rig(UnaryOperator<GuardedServer.Setup> more) {
    return GrantedStreams.of(
        handler,
        setup ->
            more.apply(setup.onOneThread().runtime(options -> options.endExecutor(this::close))));
  }

  private void close(Runnable task) {
    if (openAtTheFirstClose < 0) {
      openAtTheFirstClose = open();
    }
    closes.add(task);
  }

  private long open() {
    return handler.calls.stream().filter(ServerCall::isReady).count();
  }

  private static List<ClientEnd> streams(GrantedStreams rig, int count) {
    return Stream.generate(rig::stream).limit(count).toList();
  }

  /** The server has one thread: what it began before has left the handlers. */
  private static void awaitIdleHandlers(GrantedStreams rig) {
    CompletableFuture.runAsync(() -> {}, rig.server.workers()).join();
  }

  /** A handler that is sending when its call is shut leaves the close for later. */
  private void awaitClosed(List<ClientEnd> clients, RefusalReason reason) {
    long giveUp = System.nanoTime() + Duration.ofMinutes(2).toNanos();
    while (!clients.stream().allMatch(ClientEnd::isOver) && System.nanoTime() < giveUp) {
      for (Runnable each = closes.poll(); each != null; each = closes.poll()) {
        each.run();
      }
    }
    clients.forEach(each -> assertRefusal(each.end(), reason));
  }

  @Test
  void streams_thatEndAtOneInstant_areShutBeforeTheFirstIsClosed() {
    try (GrantedStreams rig = rig()) {
      rig.grant(HOUR);
      List<ClientEnd> clients = streams(rig, STREAMS);
      List<String> rounds = new ArrayList<>();
      rig.grants.onEnforced((changes, ended) -> rounds.add(ended + " ended"));
      assertThat(open()).isEqualTo(STREAMS);
      rig.pass(HOUR);

      assertThat(openAtTheFirstClose).isZero();
      assertThat(clients).noneMatch(ClientEnd::isOver);
      handler.calls.forEach(call -> call.sendMessage("too late"));
      awaitClosed(clients, RefusalReason.GRANT_EXPIRED);
      assertThat(clients).noneMatch(each -> each.received.contains("too late"));
      assertThat(rounds).contains(STREAMS + " ended");
    }
  }

  @Test
  void streams_thatEndAtOneInstant_areClosedByFewThreads() {
    try (GrantedStreams rig = rig()) {
      rig.grant(HOUR);
      List<ClientEnd> clients = streams(rig, STREAMS);
      awaitIdleHandlers(rig);
      rig.pass(HOUR);

      // Two walks fell due: the one at the end, and that of the minute.
      assertThat(closes).hasSizeLessThanOrEqualTo(2 * Closes.THREADS);
      awaitClosed(clients, RefusalReason.GRANT_EXPIRED);
    }
  }

  /** No other walk would close what is shut already. */
  @Test
  void guard_closedInThePauseBeforeManyCloses_closesThem() {
    // At no minute, where another walk would fall due.
    Duration life = HOUR.plusSeconds(10);
    try (GrantedStreams rig = rig()) {
      rig.grant(life);
      List<ClientEnd> clients = streams(rig, 2 * Closes.MANY);
      awaitIdleHandlers(rig);
      rig.pass(life);
      assertThat(open()).isZero();
      assertThat(closes).isEmpty();

      rig.server.guard.close();

      awaitClosed(clients, RefusalReason.GRANT_EXPIRED);
    }
  }

  @Test
  void closes_thatDoNotReturn_areLeftBehindByTheNextWalk() {
    try (GrantedStreams rig = rig()) {
      rig.grant(HOUR);
      List<ClientEnd> clients = streams(rig, 2 * Closes.THREADS);
      awaitIdleHandlers(rig);
      rig.pass(HOUR);
      // As if each thread were held by what it closes.
      closes.clear();
      rig.pass(Duration.ofMinutes(1));

      awaitClosed(clients, RefusalReason.GRANT_EXPIRED);
    }
  }

  @Test
  void closes_thatAreSlow_areTakenByMoreThreadsAtEachWalk() {
    CompletableFuture<String> release = new CompletableFuture<>();
    AtomicInteger begun = new AtomicInteger();
    ServerInterceptor slow =
        closing(
            () -> {
              begun.incrementAndGet();
              release.join();
            });
    try (GrantedStreams rig = rig(setup -> setup.behind(slow))) {
      rig.grant(HOUR);
      List<ClientEnd> clients = streams(rig, 8 * Closes.THREADS);
      awaitIdleHandlers(rig);
      rig.pass(HOUR);

      for (int round = 1; round <= 3; round++) {
        int wanted = round;
        new Thread(requireNonNull(closes.poll())).start();
        await().until(() -> begun.get() == wanted);
        int before = closes.size();
        rig.pass(Duration.ofMinutes(1));
        assertThat(closes).hasSize(before + Closes.THREADS);
      }
      release.complete("");
      awaitClosed(clients, RefusalReason.GRANT_EXPIRED);
    } finally {
      release.complete("");
    }
  }

  /** Runs that before each close. */
  private static ServerInterceptor closing(Runnable before) {
    return new ServerInterceptor() {
      @Override
      public <ReqT, RespT> ServerCall.Listener<ReqT> interceptCall(
          ServerCall<ReqT, RespT> call, Metadata headers, ServerCallHandler<ReqT, RespT> next) {
        return next.startCall(
            new SimpleForwardingServerCall<>(call) {
              @Override
              public void close(Status status, Metadata trailers) {
                before.run();
                super.close(status, trailers);
              }
            },
            headers);
      }
    };
  }

  @Test
  void enforced_saysHowManyEndedByTheNewsItCameWith() {
    try (GrantedStreams rig = rig()) {
      FakeGrants.Grant grant = rig.grant(HOUR);
      ClientEnd client = rig.stream();
      Queue<String> rounds = new ArrayDeque<>();
      rig.grants.onEnforced((changes, ended) -> rounds.add(changes + ": " + ended));
      grant.extend(HOUR);
      grant.revoke();
      assertThat(rounds).as("before any close").containsExactly("2: 0", "3: 1");

      awaitClosed(List.of(client), RefusalReason.GRANT_REVOKED);
    }
  }

  @Test
  void enforced_isNotSaidOfARoundThatCouldNotJudgeEachCall() {
    try (GrantedStreams rig = rig()) {
      rig.server.policies.change(GuardedServer.allowAll());
      ClientEnd client = rig.stream();
      rig.pass(HOUR);
      List<String> rounds = new ArrayList<>();
      rig.grants.onEnforced((changes, ended) -> rounds.add(changes + ": " + ended));
      rig.grants.fail(new IllegalStateException("the test's"));
      rig.server.policies.change(
          GrantedStreams.requiring(GrantRequirement.of(GrantedStreams.PERMISSION)));
      assertThat(rounds).isEmpty();
      rig.grants.fail(null);
      rig.grant(HOUR).revoke();

      awaitClosed(List.of(client), RefusalReason.GRANT_REVOKED);
    }
  }
}
