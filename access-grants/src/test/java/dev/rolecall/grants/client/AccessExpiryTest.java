package dev.rolecall.grants.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.testsupport.AnswersObserver;
import dev.rolecall.testsupport.Echo;
import dev.rolecall.testsupport.EchoService;
import dev.rolecall.testsupport.ManualScheduler;
import dev.rolecall.testsupport.ManualTime;
import io.grpc.CallOptions;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.inprocess.InProcessSocketAddress;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that is told before the access of its calls ends. */
final class AccessExpiryTest {

  private final ManualTime time = new ManualTime();
  private final ManualScheduler timer = new ManualScheduler(time);
  private final List<AccessEnding> told = new ArrayList<>();
  private String stated = "";
  private Server server;
  private ManagedChannel channel;

  @BeforeEach
  void start() throws IOException {
    String name = UUID.randomUUID().toString();
    server =
        InProcessServerBuilder.forName(name)
            .directExecutor()
            .addService(new EchoService(Runnable::run, () -> "caller"))
            .intercept(new StatedEnd())
            .build()
            .start();
    channel =
        InProcessChannelBuilder.forName(name)
            .directExecutor()
            .intercept(
                AccessExpiry.notifyBefore(
                    Duration.ofMinutes(5), timer, new ClientTime(time, time::nanos), told::add))
            .build();
  }

  @AfterEach
  void close() {
    channel.shutdownNow();
    server.shutdownNow();
    timer.close();
  }

  /** Sends the end in the headers of the response, if there is one. */
  private final class StatedEnd implements ServerInterceptor {
    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
      return next.startCall(
          new SimpleForwardingServerCall<>(call) {
            @Override
            public void sendHeaders(Metadata response) {
              if (!stated.isEmpty()) {
                response.put(AccessExpiry.HEADER, stated);
              }
              super.sendHeaders(response);
            }
          },
          headers);
    }
  }

  private StreamObserver<String> chat() {
    StreamObserver<String> messages =
        ClientCalls.asyncBidiStreamingCall(
            channel.newCall(Echo.CHAT, CallOptions.DEFAULT), new AnswersObserver());
    messages.onNext("hello");
    return messages;
  }

  @Test
  void call_thatEndsLater_isToldInTime() {
    stated = time.instant().plusSeconds(3_600).toString();
    StreamObserver<String> messages = chat();

    timer.pass(Duration.ofMinutes(55).minusMillis(1));
    assertThat(told).isEmpty();
    timer.pass(Duration.ofMillis(1));

    assertThat(told)
        .containsExactly(
            new AccessEnding(
                "rolecall.tests.Echo/Chat",
                time.instant().plusSeconds(300),
                Duration.ofMinutes(5)));
    timer.pass(Duration.ofHours(1));
    assertThat(told).hasSize(1);
    messages.onCompleted();
  }

  @Test
  void call_thatEndsSoon_isToldAtOnce() {
    stated = time.instant().plusSeconds(60).toString();
    StreamObserver<String> messages = chat();

    assertThat(told).extracting(AccessEnding::left).containsExactly(Duration.ofMinutes(1));
    messages.onCompleted();
  }

  @Test
  void call_whoseEndIsPastByThisClock_isToldThatNothingIsLeft() {
    stated = time.instant().minusSeconds(60).toString();
    chat().onCompleted();

    assertThat(told).extracting(AccessEnding::left).containsExactly(Duration.ZERO);
  }

  @Test
  void call_thatIsOver_takesItsTaskBack() {
    stated = time.instant().plusSeconds(3_600).toString();
    StreamObserver<String> messages = chat();
    assertThat(timer.waiting()).hasSize(1);

    messages.onCompleted();

    assertThat(timer.waiting()).isEmpty();
    timer.pass(Duration.ofHours(2));
    assertThat(told).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "2026-11-21", "1800000000", "2026-11-21T22:18:45", "+9"})
  void call_withoutATime_isNotTimed(String value) {
    stated = value;
    chat().onCompleted();

    assertThat(told).isEmpty();
    assertThat(timer.waiting()).isEmpty();
  }

  @Test
  void time_outsideItsRange_throws() {
    assertThatThrownBy(() -> AccessExpiry.notifyBefore(Duration.ofSeconds(-1), timer, told::add))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("before: PT-1S (expected: PT0S to PT24H)");
    assertThatThrownBy(() -> AccessExpiry.notifyBefore(Duration.ofDays(2), timer, told::add))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void timer_thatWasShutDown_leavesTheCallAlone() {
    stated = time.instant().plusSeconds(3_600).toString();
    channel.shutdownNow();
    channel =
        InProcessChannelBuilder.forName(
                ((InProcessSocketAddress) server.getListenSockets().get(0)).getName())
            .directExecutor()
            .intercept(
                AccessExpiry.notifyBefore(
                    Duration.ofMinutes(5),
                    shutDown(),
                    new ClientTime(time, time::nanos),
                    told::add))
            .build();

    assertThat(ClientCalls.blockingUnaryCall(channel, Echo.SAY, CallOptions.DEFAULT, "hello"))
        .contains("hello");
  }

  private static ScheduledExecutorService shutDown() {
    ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
    executor.shutdownNow();
    return executor;
  }
}
