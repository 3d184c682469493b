package dev.rolecall.guard;

import dev.rolecall.identity.Caller;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.Status;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * Answers each message with itself, and completes once the client has; notes every event with the
 * caller that its context names.
 */
final class EchoHandler implements ServerCallHandler<String, String> {

  final List<String> events = new CopyOnWriteArrayList<>();
  final List<Optional<Caller>> callers = new CopyOnWriteArrayList<>();
  final ConcurrentLinkedQueue<ServerCall<String, String>> calls = new ConcurrentLinkedQueue<>();
  final ConcurrentLinkedQueue<Context> contexts = new ConcurrentLinkedQueue<>();
  final CompletableFuture<String> last = new CompletableFuture<>();

  @Override
  public ServerCall.Listener<String> startCall(ServerCall<String, String> call, Metadata headers) {
    note("start");
    calls.add(call);
    contexts.add(Context.current());
    call.request(1);
    call.sendHeaders(new Metadata());
    boolean manyAnswers = !call.getMethodDescriptor().getType().serverSendsOneMessage();
    return new ServerCall.Listener<>() {
      private String all = "";

      @Override
      public void onMessage(String message) {
        note("message " + message);
        all += message;
        if (manyAnswers) {
          call.sendMessage(message);
        }
        call.request(1);
      }

      @Override
      public void onHalfClose() {
        note("half-close");
        if (!manyAnswers) {
          call.sendMessage(all);
        }
        call.close(Status.OK, new Metadata());
      }

      @Override
      public void onCancel() {
        note("cancel");
        last.complete("cancel");
      }

      @Override
      public void onComplete() {
        note("complete");
        last.complete("complete");
      }
    };
  }

  private void note(String event) {
    callers.add(CurrentCaller.find());
    events.add(event);
  }

  /** Waits for the last event. */
  String last() {
    return last.orTimeout(2, TimeUnit.MINUTES).join();
  }
}
