package dev.rolecall.proxy.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rolecall.testing.RolecallExtension;
import dev.rolecall.testsupport.Echo;
import dev.rolecall.testsupport.Relay;
import io.grpc.CallCredentials;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.stub.ClientCalls;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Checkers share no state, so that one may die: another answers. */
@Timeout(120)
final class EnvoyReplicasTest {

  private static final int REPLICAS = 3;
  private static final int CLIENTS = 8;

  @RegisterExtension
  final RolecallExtension rolecall = RolecallExtension.forAudience(EnvoyScene.ORDERS);

  @TempDir Path folder;

  @Test
  void calls_whileOneCheckerOfThreeDies_areAllAnswered() throws Exception {
    RealEnvoy.program();
    List<Relay> ways = new ArrayList<>();
    for (int i = 0; i < REPLICAS; i++) {
      ways.add(rolecall.closing(Relay.ofTcp(1)));
    }
    try (EnvoyScene scene =
        EnvoyScene.ofCheckersAt(rolecall, folder, ways.stream().map(Relay::port).toList())) {
      for (Relay each : ways) {
        each.leadTo(rolecall.closing(scene.startReplica()).port());
      }
      scene.envoy().awaitCheckers(REPLICAS);

      AtomicInteger answered = new AtomicInteger();
      AtomicBoolean enough = new AtomicBoolean();
      Queue<Throwable> lost = new ConcurrentLinkedQueue<>();
      ManagedChannel channel = scene.channel();
      CallCredentials checkout = rolecall.as(EnvoyScene.CHECKOUT);
      ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        running.add(
            clients.submit(
                () -> {
                  while (!enough.get()) {
                    try {
                      String answer =
                          ClientCalls.blockingUnaryCall(
                              channel,
                              Echo.SAY,
                              CallOptions.DEFAULT
                                  .withCallCredentials(checkout)
                                  .withDeadlineAfter(20, TimeUnit.SECONDS),
                              "hello");
                      answered.addAndGet(answer.contains("hello") ? 1 : 0);
                    } catch (RuntimeException e) {
                      lost.add(e);
                    }
                  }
                }));
      }
      await().until(() -> answered.get() > 200);
      ways.get(0).close();
      scene.envoy().awaitCheckers(REPLICAS - 1);
      int before = answered.get();
      await().until(() -> answered.get() > before + 200);
      enough.set(true);
      for (Future<?> each : running) {
        each.get(30, TimeUnit.SECONDS);
      }
      clients.shutdown();

      assertThat(lost).isEmpty();
    }
  }
}
