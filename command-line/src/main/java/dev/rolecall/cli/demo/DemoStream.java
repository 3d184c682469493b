package dev.rolecall.cli.demo;

import dev.rolecall.cli.echo.ChatRequest;
import dev.rolecall.cli.echo.ChatResponse;
import dev.rolecall.cli.echo.EchoGrpc;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/** A live stream of a demo, and its end. */
final class DemoStream implements AutoCloseable {

  /**
   * The end of a stream.
   *
   * @param at when it came, by the ticker
   * @param failure what the client was told; empty if the server ended it well
   */
  record End(long at, Optional<StatusRuntimeException> failure) {}

  private static final long PATIENCE_SECONDS = 10;

  private final LinkedBlockingQueue<ChatResponse> answers = new LinkedBlockingQueue<>();
  private final CompletableFuture<End> end = new CompletableFuture<>();
  private final StreamObserver<ChatRequest> requests;

  private DemoStream(EchoGrpc.EchoStub calls, LongSupplier ticker) {
    requests =
        calls.chat(
            new StreamObserver<>() {
              @Override
              public void onNext(ChatResponse response) {
                answers.add(response);
              }

              @Override
              public void onError(Throwable failure) {
                end.complete(
                    new End(
                        ticker.getAsLong(),
                        Optional.of(
                            Status.fromThrowable(failure)
                                .asRuntimeException(Status.trailersFromThrowable(failure)))));
              }

              @Override
              public void onCompleted() {
                end.complete(new End(ticker.getAsLong(), Optional.empty()));
              }
            });
  }

  /** Opens it, and waits for its first answer or its end. */
  static DemoStream begin(EchoGrpc.EchoStub calls, LongSupplier ticker)
      throws InterruptedException {
    DemoStream stream = new DemoStream(calls, ticker);
    var unused = stream.goesOn();
    return stream;
  }

  /** Whether the server echoes what is sent now. */
  boolean goesOn() throws InterruptedException {
    if (end.isDone()) {
      return false;
    }
    requests.onNext(ChatRequest.newBuilder().setText("hello").build());
    return answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS) != null;
  }

  /** Waits for its end. */
  End awaitEnd() throws InterruptedException {
    try {
      return end.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the stream did not end within ten seconds", e);
    }
  }

  @Override
  public void close() {
    if (!end.isDone()) {
      requests.onCompleted();
    }
  }
}
