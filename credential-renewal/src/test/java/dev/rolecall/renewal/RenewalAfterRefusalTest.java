package dev.rolecall.renewal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.renewal.RenewalFailure.Kind;
import dev.rolecall.testsupport.ManualTime;
import dev.rolecall.testsupport.TextMethod;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.opentelemetry.api.OpenTelemetry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class RenewalAfterRefusalTest {

  private static final MethodDescriptor<String, String> METHOD =
      TextMethod.of("orders.Orders", "Get", MethodDescriptor.MethodType.UNARY);

  private final ManualTime time = new ManualTime();
  private final FakeSource source = new FakeSource(time);
  private final RenewingCredential<FakeCredential> credential =
      new RenewingCredential<>(
          source,
          new RenewalTiming(time, time::nanos, () -> 0),
          new RenewalCounter(
              OpenTelemetry.noop().getMeter("test").counterBuilder("renewals").build(),
              System.getLogger("test")));
  private final RenewalAfterRefusal<FakeCredential> watch = new RenewalAfterRefusal<>(credential);
  private final OneCall channel = new OneCall();
  private final List<Status> ends = new ArrayList<>();

  @Test
  void onClose_unauthenticated_makesTheCarriedCredentialStale() {
    made();

    endedWith(Status.UNAUTHENTICATED);

    assertThat(credential.fresh()).isNull();
    assertThat(ends).containsExactly(Status.UNAUTHENTICATED);
  }

  @Test
  void onClose_unauthenticatedOfTheFirstCall_meansTheCredentialItWaitedFor() {
    call();
    made();

    channel.close(Status.UNAUTHENTICATED);

    assertThat(credential.fresh()).isNull();
  }

  @Test
  void onClose_unauthenticatedOfACallBefore_leavesTheNewCredentialFresh() {
    FakeCredential first = made();
    call();
    credential.refused(first);
    made();
    FakeCredential second = made();

    channel.close(Status.UNAUTHENTICATED);

    assertThat(credential.fresh()).isSameAs(second).isNotSameAs(first);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "UNAUTHENTICATED")
  void onClose_otherwise_leavesItFresh(Status.Code code) {
    made();

    endedWith(code.toStatus());

    assertThat(credential.fresh()).isNotNull();
  }

  @Test
  void onClose_callThatGotNoCredential_isNoRefusal() {
    made();

    endedWith(CallStatus.of(new FakeFailure(Kind.LASTING, "closed")));

    assertThat(credential.fresh()).isNotNull();
  }

  private FakeCredential made() {
    return credential.get(Runnable::run).join();
  }

  private void endedWith(Status status) {
    call();
    channel.close(status);
  }

  private void call() {
    watch
        .interceptCall(METHOD, CallOptions.DEFAULT, channel)
        .start(
            new ClientCall.Listener<>() {
              @Override
              public void onClose(Status status, Metadata trailers) {
                ends.add(status);
              }
            },
            new Metadata());
  }

  /** A channel whose one call ends when a test ends it. */
  private static final class OneCall extends Channel {

    private ClientCall.@Nullable Listener<?> listener;

    void close(Status status) {
      ClientCall.Listener<?> started = listener;
      assertThat(started).isNotNull();
      if (started != null) {
        started.onClose(status, new Metadata());
      }
    }

    @Override
    public <Q, R> ClientCall<Q, R> newCall(MethodDescriptor<Q, R> method, CallOptions options) {
      return new ClientCall<>() {
        @Override
        public void start(Listener<R> responses, Metadata headers) {
          listener = new SimpleForwardingClientCallListener<R>(responses) {};
        }

        @Override
        public void request(int messages) {}

        @Override
        public void cancel(@Nullable String message, @Nullable Throwable cause) {}

        @Override
        public void halfClose() {}

        @Override
        public void sendMessage(Q message) {}
      };
    }

    @Override
    public String authority() {
      return "orders";
    }
  }
}
