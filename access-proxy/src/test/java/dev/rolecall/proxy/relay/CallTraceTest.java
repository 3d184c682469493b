package dev.rolecall.proxy.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.testsupport.RecordedTelemetry;
import io.grpc.Attributes;
import io.grpc.MethodDescriptor;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CallTraceTest {

  private static final Offset<Double> EXACT = Offset.offset(1e-9);

  private final RecordedTelemetry telemetry = new RecordedTelemetry();
  private final AtomicLong time = new AtomicLong();
  private final RelayMetrics metrics = new RelayMetrics(telemetry.telemetry(), time::get);
  private final OpenCalls open = new OpenCalls();
  private final CallTrace trace = new CallTrace(metrics, open);

  private void pass(long millis) {
    time.addAndGet(Duration.ofMillis(millis).toNanos());
  }

  private void started(String route) {
    trace.serverCallStarted(
        new CallOf(RelayedMethods.of("test.Scripted/Do", new RouteLabels(route))));
  }

  @Test
  void call_thatTheUpstreamEnded_hasItsTimesApart() {
    started("orders");
    pass(1);
    trace.upstreamBegins();
    pass(5);
    trace.upstreamEnds();
    pass(2);
    assertThat(open.count()).isEqualTo(1);

    trace.streamClosed(Status.OK);

    assertThat(telemetry.sum("rolecall.relay.calls{route=orders,status=OK}")).isEqualTo(1);
    assertThat(telemetry.sum("rolecall.relay.own.duration{route=orders}")).isCloseTo(0.003, EXACT);
    assertThat(telemetry.sum("rolecall.relay.upstream.duration{route=orders}"))
        .isCloseTo(0.005, EXACT);
    assertThat(open.count()).isZero();
  }

  @Test
  void call_thatTheClientCancelled_hasTheUpstreamsTimeUntilThen() {
    started("orders");
    pass(1);
    trace.upstreamBegins();
    pass(7);

    trace.streamClosed(Status.CANCELLED);

    assertThat(telemetry.sum("rolecall.relay.calls{route=orders,status=CANCELLED}")).isEqualTo(1);
    assertThat(telemetry.sum("rolecall.relay.upstream.duration{route=orders}"))
        .isCloseTo(0.007, EXACT);
  }

  @Test
  void call_thatNeverGotThere_hasNoTimeOfTheUpstream() {
    started("orders");
    pass(4);

    trace.streamClosed(Status.PERMISSION_DENIED);

    assertThat(telemetry.sum("rolecall.relay.own.duration{route=orders}")).isCloseTo(0.004, EXACT);
    assertThat(telemetry.sum("rolecall.relay.upstream.duration{route=orders}"))
        .isEqualTo(RecordedTelemetry.NONE);
  }

  @Test
  void call_thatIsAnsweredHere_isCountedAsLocal_andHoldsUpNoDrain() throws InterruptedException {
    trace.serverCallStarted(new CallOf(Bytes.method("grpc.health.v1.Health/Watch")));

    assertThat(open.awaitNone(time::get, 0)).isTrue();
    trace.streamClosed(Status.OK);
    assertThat(telemetry.sum("rolecall.relay.calls{route=local,status=OK}")).isEqualTo(1);
    assertThat(open.count()).isZero();
  }

  @Test
  void telemetryThatFails_changesNothing() {
    RecordedTelemetry failing =
        new RecordedTelemetry(
            () -> {
              throw new IllegalStateException("the test's");
            });
    CallTrace call = new CallTrace(new RelayMetrics(failing.telemetry(), time::get), open);
    call.serverCallStarted(
        new CallOf(RelayedMethods.of("test.Scripted/Do", new RouteLabels("orders"))));

    call.streamClosed(Status.OK);

    assertThat(open.count()).isZero();
  }

  /** What gRPC tells of a call. */
  private static final class CallOf extends ServerStreamTracer.ServerCallInfo<Object, Object> {

    private final MethodDescriptor<?, ?> method;

    CallOf(MethodDescriptor<?, ?> method) {
      this.method = method;
    }

    @Override
    @SuppressWarnings("unchecked") // nothing here has messages
    public MethodDescriptor<Object, Object> getMethodDescriptor() {
      return (MethodDescriptor<Object, Object>) method;
    }

    @Override
    public Attributes getAttributes() {
      return Attributes.EMPTY;
    }

    @Override
    public @Nullable String getAuthority() {
      return null;
    }
  }
}
