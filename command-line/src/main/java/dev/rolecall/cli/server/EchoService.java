package dev.rolecall.cli.server;

import dev.rolecall.cli.echo.ChatRequest;
import dev.rolecall.cli.echo.ChatResponse;
import dev.rolecall.cli.echo.CountRequest;
import dev.rolecall.cli.echo.CountResponse;
import dev.rolecall.cli.echo.EchoGrpc;
import dev.rolecall.cli.echo.SayRequest;
import dev.rolecall.cli.echo.SayResponse;
import dev.rolecall.cli.echo.WhoAmIRequest;
import dev.rolecall.cli.echo.WhoAmIResponse;
import dev.rolecall.guard.CurrentCaller;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;

/**
 * The demo service behind the guard. It makes no access decision: every call that reaches it has
 * been admitted.
 */
final class EchoService extends EchoGrpc.EchoImplBase {

  private static final int MAX_COUNT = 1_000_000;

  @Override
  public void say(SayRequest request, StreamObserver<SayResponse> responses) {
    responses.onNext(SayResponse.newBuilder().setText(request.getText()).build());
    responses.onCompleted();
  }

  @Override
  public StreamObserver<ChatRequest> chat(StreamObserver<ChatResponse> responses) {
    return new StreamObserver<>() {
      @Override
      public void onNext(ChatRequest request) {
        responses.onNext(ChatResponse.newBuilder().setText(request.getText()).build());
      }

      @Override
      public void onError(Throwable failure) {
        // The call is over and its client gone: no one is left to tell.
      }

      @Override
      public void onCompleted() {
        responses.onCompleted();
      }
    };
  }

  @Override
  public void count(CountRequest request, StreamObserver<CountResponse> responses) {
    int to = request.getTo();
    if (to < 1 || to > MAX_COUNT) {
      responses.onError(
          Status.INVALID_ARGUMENT
              .withDescription("to: " + to + " (expected: 1 to " + MAX_COUNT + ")")
              .asRuntimeException());
      return;
    }
    Counting.start((ServerCallStreamObserver<CountResponse>) responses, to);
  }

  @Override
  public void whoAmI(WhoAmIRequest request, StreamObserver<WhoAmIResponse> responses) {
    // Where calls are admitted and recorded, or the method is public, there may be no caller.
    responses.onNext(
        CurrentCaller.find().map(CallerAnswer::of).orElseGet(WhoAmIResponse::getDefaultInstance));
    responses.onCompleted();
  }

  /** Counts as fast as the client reads, on the call's own callbacks. */
  private static final class Counting implements Runnable {

    private final ServerCallStreamObserver<CountResponse> responses;
    private final int last;
    private int next = 1;

    private Counting(ServerCallStreamObserver<CountResponse> responses, int last) {
      this.responses = responses;
      this.last = last;
    }

    static void start(ServerCallStreamObserver<CountResponse> responses, int last) {
      Counting counting = new Counting(responses, last);
      responses.setOnReadyHandler(counting);
      // With a handler in place a cancelled call stops the count instead of throwing into it.
      responses.setOnCancelHandler(() -> {});
    }

    @Override
    public void run() {
      while (next <= last && responses.isReady() && !responses.isCancelled()) {
        responses.onNext(CountResponse.newBuilder().setNumber(next++).build());
        if (next > last) {
          responses.onCompleted();
        }
      }
    }
  }
}
