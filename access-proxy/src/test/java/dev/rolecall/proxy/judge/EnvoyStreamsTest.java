package dev.rolecall.proxy.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.testing.RolecallExtension;
import dev.rolecall.testsupport.Echo;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Many streams at once pass: no bound that Envoy has by default is met. */
@Timeout(120)
final class EnvoyStreamsTest {

  private static final int STREAMS = 2_000;

  /** One more than the default of several of Envoy's bounds. */
  private static final int ON_ONE_CONNECTION = 1_025;

  @RegisterExtension
  final RolecallExtension rolecall = RolecallExtension.forAudience(EnvoyScene.ORDERS);

  @TempDir Path folder;

  @Test
  void streams_ofTwoThousandCalls_liveAtOnce() throws Exception {
    try (EnvoyScene scene = EnvoyScene.start(rolecall, folder, file -> file)) {
      ManagedChannel one = scene.channel();
      ManagedChannel other = scene.channel();
      List<CompletableFuture<String>> answers = new ArrayList<>();
      List<StreamObserver<String>> streams = new ArrayList<>();
      CallOptions options =
          CallOptions.DEFAULT
              .withCallCredentials(rolecall.as(EnvoyScene.CHECKOUT))
              .withDeadlineAfter(60, TimeUnit.SECONDS);
      for (int i = 0; i < STREAMS; i++) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        answers.add(answer);
        ManagedChannel channel = i < ON_ONE_CONNECTION ? one : other;
        StreamObserver<String> stream =
            ClientCalls.asyncBidiStreamingCall(
                channel.newCall(Echo.CHAT, options), new First(answer));
        stream.onNext("hello");
        streams.add(stream);
      }
      for (CompletableFuture<String> each : answers) {
        assertThat(each.get(60, TimeUnit.SECONDS)).contains("hello");
      }
      assertThat(scene.upstream.received).hasSize(STREAMS);
      assertThat(scene.envoy().admin("/stats?filter=overflow"))
          .doesNotContainPattern("_overflow: [1-9]");
      streams.forEach(StreamObserver::onCompleted);
    }
  }

  /** The first answer of a stream, or its failure. */
  private record First(CompletableFuture<String> answer) implements StreamObserver<String> {

    @Override
    public void onNext(String message) {
      answer.complete(message);
    }

    @Override
    public void onError(Throwable failure) {
      answer.completeExceptionally(failure);
    }

    @Override
    public void onCompleted() {
      answer.completeExceptionally(new AssertionError("it ended without an answer"));
    }
  }
}
