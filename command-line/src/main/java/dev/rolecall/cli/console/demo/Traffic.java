package dev.rolecall.cli.console.demo;

import dev.rolecall.cli.echo.ChatRequest;
import dev.rolecall.cli.echo.ChatResponse;
import dev.rolecall.cli.echo.CountRequest;
import dev.rolecall.cli.echo.SayRequest;
import dev.rolecall.cli.scene.AccessPerson;
import dev.rolecall.cli.scene.AccessScene;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls of the guarded server, some of which it refuses; one at a time. */
final class Traffic implements AutoCloseable {

  private final List<Runnable> calls = new ArrayList<>();
  private final List<OpenStream> streams = new ArrayList<>();
  private int next;

  Traffic(AccessScene scene, List<AccessPerson> engineers) {
    AccessPerson checkout = scene.role("checkout");
    AccessPerson reporting = scene.role("reporting");
    AccessPerson retired = scene.role("batch-2019");
    engineers.forEach(
        each -> {
          OpenStream stream = new OpenStream(each);
          streams.add(stream);
          calls.add(() -> say(checkout));
          calls.add(stream::keepOpen);
          calls.add(() -> count(reporting));
        });
    calls.add(() -> count(checkout));
    calls.add(() -> say(checkout));
    calls.add(() -> say(retired));
    calls.add(() -> say(reporting));
    calls.add(() -> check(checkout));
  }

  /** Makes the next call. */
  void next() {
    calls.get(next++ % calls.size()).run();
  }

  private static void say(AccessPerson person) {
    seen(() -> person.calls().say(SayRequest.newBuilder().setText("hello").build()));
  }

  /** As a balancer asks, without a credential. */
  private static void check(AccessPerson anyone) {
    seen(
        () ->
            HealthGrpc.newBlockingStub(anyone.orders())
                .check(HealthCheckRequest.getDefaultInstance()));
  }

  private static void count(AccessPerson person) {
    seen(
        () ->
            person
                .calls()
                .count(CountRequest.newBuilder().setTo(2).build())
                .forEachRemaining(number -> {}));
  }

  private static void seen(Runnable call) {
    try {
      call.run();
    } catch (StatusRuntimeException refusal) {
      // Refusals are to be seen, in the page.
    }
  }

  @Override
  public void close() {
    streams.forEach(OpenStream::close);
  }

  /** A stream that a person opens again whenever it has ended. */
  private static final class OpenStream {

    private final AccessPerson person;
    private @Nullable StreamObserver<ChatRequest> requests;

    OpenStream(AccessPerson person) {
      this.person = person;
    }

    synchronized void keepOpen() {
      if (requests == null) {
        requests = person.streams().chat(new Ends());
      }
      requests.onNext(ChatRequest.newBuilder().setText("hello").build());
    }

    private synchronized void ended() {
      requests = null;
    }

    synchronized void close() {
      if (requests != null) {
        requests.onError(Status.CANCELLED.asRuntimeException());
        requests = null;
      }
    }

    private final class Ends implements StreamObserver<ChatResponse> {
      @Override
      public void onNext(ChatResponse response) {
        // It goes on.
      }

      @Override
      public void onError(Throwable status) {
        ended();
      }

      @Override
      public void onCompleted() {
        ended();
      }
    }
  }
}
