package dev.rolecall.proxy.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.testsupport.RecordedTelemetry;
import io.grpc.Attributes;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RelayedCallTest {

  private final List<String> seen = new ArrayList<>();
  private final Metadata lastTrailers = new Metadata();
  private final Set<RelayedCall> live = new HashSet<>();
  private final Outgoing upstream = new Outgoing();
  private final UpstreamTrace wire = new UpstreamTrace("identity", false);
  private final RelayedCall call =
      new RelayedCall(
          new Incoming(),
          upstream,
          live,
          new CallTrace(
              new RelayMetrics(new RecordedTelemetry().telemetry(), () -> 0), new OpenCalls()));

  private ClientCall.Listener<RelayedMessage> start() {
    call.start(new Metadata(), wire);
    seen.clear();
    ClientCall.Listener<RelayedMessage> listener = upstream.listener;
    if (listener == null) {
      throw new AssertionError("not started");
    }
    return listener;
  }

  private static Metadata encoded(String encoding) {
    Metadata headers = new Metadata();
    headers.put(Encodings.ENCODING, encoding);
    return headers;
  }

  @Test
  void encoding_thatTheClientDoesNotAccept_endsTheCall() {
    start().onHeaders(encoded("gzip"));

    assertThat(seen).containsExactly("client close INTERNAL", "upstream cancel");
    assertThat(live).isEmpty();
  }

  @Test
  void encoding_thatCompressesNothing_isNoMatter() {
    start().onHeaders(encoded("identity"));

    assertThat(seen).containsExactly("client headers");
  }

  @Test
  void eventsAfterTheEnd_reachNeitherSide() {
    ClientCall.Listener<RelayedMessage> answers = start();
    call.end(OwnStatus.DRAINED);
    seen.clear();

    call.end(OwnStatus.DRAINED);
    call.onMessage(new RelayedMessage(new byte[1], false));
    call.onHalfClose();
    call.onReady();
    call.onCancel();
    answers.onHeaders(new Metadata());
    answers.onMessage(new RelayedMessage(new byte[1], true));
    answers.onReady();
    answers.onClose(Status.OK, new Metadata());

    assertThat(seen).isEmpty();
  }

  @Test
  void nextMessage_isAskedFor_whenTheOtherSideTakesMore() {
    ClientCall.Listener<RelayedMessage> answers = start();
    upstream.ready = false;
    call.onMessage(new RelayedMessage(new byte[1], false));
    assertThat(seen).containsExactly("upstream compression false", "upstream message");
    seen.clear();

    upstream.ready = true;
    answers.onReady();
    answers.onReady();

    assertThat(seen).containsExactly("client request 1");
  }

  @Test
  void endWithoutTheUpstreamsWord_hasAnOwnText_andNoTrailers() {
    Metadata trailers = encoded("secret");

    start().onClose(Status.UNAVAILABLE.withDescription("10.0.0.1"), trailers);

    assertThat(seen).containsExactly("client close UNAVAILABLE");
    assertThat(lastTrailers.keys()).isEmpty();
  }

  @Test
  void startThatFails_leavesNothingBehind() {
    upstream.fails = true;

    assertThatThrownBy(() -> call.start(new Metadata(), wire)).hasMessage("the test's");

    assertThat(seen).containsExactly("upstream cancel");
    assertThat(live).isEmpty();
  }

  private final class Incoming extends ServerCall<RelayedMessage, RelayedMessage> {

    @Override
    public void request(int messages) {
      seen.add("client request " + messages);
    }

    @Override
    public void sendHeaders(Metadata headers) {
      seen.add("client headers");
    }

    @Override
    public void sendMessage(RelayedMessage message) {
      seen.add("client message");
    }

    @Override
    public void close(Status status, Metadata trailers) {
      seen.add("client close " + status.getCode());
      lastTrailers.merge(trailers);
    }

    @Override
    public boolean isCancelled() {
      return false;
    }

    @Override
    public Attributes getAttributes() {
      return Attributes.EMPTY;
    }

    @Override
    public MethodDescriptor<RelayedMessage, RelayedMessage> getMethodDescriptor() {
      throw new AssertionError("unused");
    }
  }

  private final class Outgoing extends ClientCall<RelayedMessage, RelayedMessage> {

    private boolean ready = true;
    private boolean fails;
    private @Nullable Listener<RelayedMessage> listener;

    @Override
    public void start(Listener<RelayedMessage> answers, Metadata headers) {
      if (fails) {
        throw new IllegalStateException("the test's");
      }
      listener = answers;
    }

    @Override
    public void request(int messages) {
      seen.add("upstream request " + messages);
    }

    @Override
    public void cancel(@Nullable String message, @Nullable Throwable cause) {
      seen.add("upstream cancel");
    }

    @Override
    public void halfClose() {
      seen.add("upstream half-close");
    }

    @Override
    public void sendMessage(RelayedMessage message) {
      seen.add("upstream message");
    }

    @Override
    public void setMessageCompression(boolean enabled) {
      seen.add("upstream compression " + enabled);
    }

    @Override
    public boolean isReady() {
      return ready;
    }
  }
}
