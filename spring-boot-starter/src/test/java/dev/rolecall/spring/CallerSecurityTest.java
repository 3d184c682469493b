package dev.rolecall.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.guard.CurrentCaller;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/** Whose name a handler works in, event by event and thread by thread. */
@Tag("attack")
class CallerSecurityTest {

  private final CallerSecurity security =
      new CallerSecurity(SecurityContextHolder.getContextHolderStrategy());
  private final List<@Nullable Authentication> seen = new ArrayList<>();

  /** The outcomes of a call. */
  record Event(String name, Consumer<ServerCall.Listener<String>> happening) {

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Event> events() {
    return Stream.of(
        new Event("ready", ServerCall.Listener::onReady),
        new Event("message", listener -> listener.onMessage("?")),
        new Event("half-close", ServerCall.Listener::onHalfClose),
        new Event("cancel", ServerCall.Listener::onCancel),
        new Event("complete", ServerCall.Listener::onComplete));
  }

  /** Notes who is there. */
  private final class Handler extends ServerCall.Listener<String> {

    @Override
    public void onReady() {
      note();
    }

    @Override
    public void onMessage(String message) {
      note();
    }

    @Override
    public void onHalfClose() {
      note();
    }

    @Override
    public void onCancel() {
      note();
    }

    @Override
    public void onComplete() {
      note();
    }
  }

  private void note() {
    seen.add(current());
  }

  private static @Nullable Authentication current() {
    return SecurityContextHolder.getContext().getAuthentication();
  }

  @AfterEach
  void forget() {
    SecurityContextHolder.clearContext();
  }

  private ServerCall.Listener<String> started(ServerCallHandler<String, String> handler) {
    return security.interceptCall(new SilentCall(), new Metadata(), handler);
  }

  private ServerCall.Listener<String> startedByCheckout() throws Exception {
    return CurrentCaller.in(Context.ROOT, Callers.CHECKOUT)
        .call(
            () ->
                started(
                    (call, headers) -> {
                      note();
                      return new Handler();
                    }));
  }

  @Test
  void start_hasTheCaller_andLeavesNothingBehind() throws Exception {
    startedByCheckout();

    assertThat(seen).singleElement().extracting("principal").isEqualTo(Callers.CHECKOUT);
    assertThat(current()).isNull();
  }

  @ParameterizedTest
  @MethodSource("events")
  void event_onAnotherThread_hasTheCaller_andLeavesNothingBehind(Event event) throws Exception {
    ServerCall.Listener<String> call = startedByCheckout();
    seen.clear();

    // Not the common pool, whose work may be done by whoever waits for it.
    ExecutorService elsewhere = Executors.newSingleThreadExecutor();
    try {
      Future<@Nullable Authentication> after =
          elsewhere.submit(
              () -> {
                event.happening().accept(call);
                return current();
              });
      assertThat(after.get()).isNull();
    } finally {
      elsewhere.shutdown();
    }
    assertThat(seen).singleElement().extracting("principal").isEqualTo(Callers.CHECKOUT);
  }

  @ParameterizedTest
  @MethodSource("events")
  void event_onAThreadOfSomebodyElse_givesItBack(Event event) throws Exception {
    ServerCall.Listener<String> call = startedByCheckout();
    Authentication other = new TestingAuthenticationToken("other", "");
    SecurityContextHolder.getContext().setAuthentication(other);

    event.happening().accept(call);

    assertThat(seen).last().extracting("principal").isEqualTo(Callers.CHECKOUT);
    assertThat(current()).isSameAs(other);
  }

  @Test
  void publicMethod_hasNobody_whateverTheThreadHad() {
    SecurityContextHolder.getContext()
        .setAuthentication(new TestingAuthenticationToken("other", ""));

    started((call, headers) -> new Handler()).onHalfClose();

    assertThat(seen).containsExactly((Authentication) null);
  }

  @Test
  void handlerThatThrows_leavesNothingBehind() {
    assertThatThrownBy(
            () ->
                started(
                    (call, headers) -> {
                      throw new IllegalStateException("of the handler");
                    }))
        .hasMessage("of the handler");
    assertThat(current()).isNull();
  }

  @Test
  void contextChangedByAHandler_isItsOwnAgainAtTheNextEvent() throws Exception {
    ServerCall.Listener<String> call =
        CurrentCaller.in(Context.ROOT, Callers.CHECKOUT)
            .call(
                () ->
                    started(
                        (started, headers) -> {
                          SecurityContextHolder.getContext()
                              .setAuthentication(new TestingAuthenticationToken("raised", ""));
                          return new Handler();
                        }));

    call.onHalfClose();

    assertThat(seen).singleElement().extracting("principal").isEqualTo(Callers.CHECKOUT);
  }

  /** A call that nobody answers. */
  private static final class SilentCall extends ServerCall<String, String> {

    @Override
    public void request(int messages) {}

    @Override
    public void sendHeaders(Metadata headers) {}

    @Override
    public void sendMessage(String message) {}

    @Override
    public void close(Status status, Metadata trailers) {}

    @Override
    public boolean isCancelled() {
      return false;
    }

    @Override
    public MethodDescriptor<String, String> getMethodDescriptor() {
      return InProcess.ASK;
    }
  }
}
