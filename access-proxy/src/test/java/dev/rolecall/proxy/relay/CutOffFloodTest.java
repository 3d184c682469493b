package dev.rolecall.proxy.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rolecall.testing.RolecallExtension;
import dev.rolecall.testsupport.LeakWatch;
import dev.rolecall.testsupport.Relay;
import dev.rolecall.testsupport.Termination;
import dev.rolecall.testsupport.TestCertificate;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.util.ResourceLeakDetector;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Connections cut in the middle of messages, many times: no buffer and no call may be left. */
@Tag("attack")
class CutOffFloodTest {

  private static final int ROUNDS = Integer.getInteger("rolecall.cut.rounds", 4);
  private static final int CLIENTS = 4;
  private static final int CALLS = 10;
  private static final int LARGE = 200_000;

  @RegisterExtension final RolecallExtension rolecall = RolecallExtension.forAudience("orders");

  private final LeakWatch leaks = new LeakWatch();

  @BeforeEach
  void watch() {
    leaks.start();
  }

  @AfterEach
  void stop() {
    leaks.stop();
  }

  @Test
  void detector_tracksEveryBuffer() {
    assertThat(ResourceLeakDetector.getLevel()).isEqualTo(ResourceLeakDetector.Level.PARANOID);
  }

  @Test
  void connectionsThatAreCut_onEitherSide_leaveNothingBehind() throws InterruptedException {
    try (ScriptedUpstream upstream = ScriptedUpstream.start(RelayRig.INNER);
        Relay inner = Relay.ofTcp(upstream.port());
        RelayRig rig = rigTo("127.0.0.1:" + inner.port());
        Relay outer = Relay.ofTcp(rig.relay().port())) {
      upstream.answers(Script.echo());
      for (int round = 0; round < ROUNDS; round++) {
        flood(outer, round % 2 == 0 ? outer : inner, round);
      }
      await().untilAsserted(() -> assertThat(rig.relay().openCalls()).isZero());
      await().untilAsserted(() -> assertThat(upstream.cancelled()).isGreaterThan(0));
      // And it still works.
      upstream.answers(Script.echo());
      await()
          .until(
              () ->
                  rig.exchange("test.Open/Do", CallOptions.DEFAULT, new Metadata())
                      .awaitEnd()
                      .isOk());
    }
    leaks.settle();
    assertThat(leaks.reports()).isEmpty();
  }

  /** Calls in both directions on several connections, cut while they are under way. */
  private static void flood(Relay outer, Relay cut, int round) {
    boolean underWay = round % 4 < 2;
    List<ManagedChannel> channels = new ArrayList<>();
    List<Conversation> calls = new ArrayList<>();
    for (int client = 0; client < CLIENTS; client++) {
      ManagedChannel channel =
          NettyChannelBuilder.forAddress(
                  "127.0.0.1", outer.port(), TestCertificate.trusting(RelayRig.EDGE))
              .build();
      channels.add(channel);
      if (underWay) {
        // A cut before may have left the relay waiting, before it tries to connect again.
        await().until(() -> goesThrough(channel));
      }
      for (int call = 0; call < CALLS; call++) {
        Conversation it =
            Conversation.start(channel, "test.Open/Do", CallOptions.DEFAULT, new Metadata());
        calls.add(it.send(Bytes.of(LARGE)).send(Bytes.of(LARGE)));
      }
    }
    if (underWay) {
      var unused = calls.get(0).awaitMessages(1);
    }
    cut.cut();
    // What was not connected yet goes on, and ends well.
    calls.forEach(Conversation::halfClose);
    calls.forEach(Conversation::awaitEnd);
    channels.forEach(ManagedChannel::shutdownNow);
    channels.forEach(each -> Termination.of("a client", each::awaitTermination));
  }

  private static boolean goesThrough(ManagedChannel channel) {
    return Conversation.start(channel, "test.Open/Do", CallOptions.DEFAULT, new Metadata())
        .halfClose()
        .awaitEnd()
        .isOk();
  }

  private RelayRig rigTo(String target) {
    return RelayRig.withRoute(
        rolecall,
        guard ->
            Route.builder(
                    "flooded",
                    guard,
                    Upstream.over(TestCertificate.trusting(RelayRig.INNER), target))
                .services("test.Open")
                .build());
  }
}
