package dev.rolecall.cli.demo;

import dev.rolecall.cli.echo.ChatRequest;
import dev.rolecall.cli.echo.ChatResponse;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/** A live stream of the demo, and the moment at which it ends. */
final class AccessStream implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 10;

  private final LinkedBlockingQueue<ChatResponse> answers = new LinkedBlockingQueue<>();
  private final CompletableFuture<Long> end = new CompletableFuture<>();
  private final StreamObserver<ChatRequest> requests;

  private AccessStream(AccessPerson person, LongSupplier ticker) {
    requests =
        person
            .streams()
            .chat(
                new StreamObserver<>() {
                  @Override
                  public void onNext(ChatResponse response) {
                    answers.add(response);
                  }

                  @Override
                  public void onError(Throwable status) {
                    end.complete(ticker.getAsLong());
                  }

                  @Override
                  public void onCompleted() {
                    end.complete(ticker.getAsLong());
                  }
                });
  }

  /** Opens it, and waits for its first answer or its end. */
  static AccessStream begin(AccessPerson person, LongSupplier ticker) throws InterruptedException {
    AccessStream stream = new AccessStream(person, ticker);
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

  /** Waits for its end, and tells when it came by the ticker. */
  long awaitEnd() throws InterruptedException {
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
