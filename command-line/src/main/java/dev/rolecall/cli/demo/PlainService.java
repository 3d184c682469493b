package dev.rolecall.cli.demo;

import dev.rolecall.cli.echo.ChatRequest;
import dev.rolecall.cli.echo.ChatResponse;
import dev.rolecall.cli.echo.EchoGrpc;
import dev.rolecall.cli.echo.SayRequest;
import dev.rolecall.cli.echo.SayResponse;
import dev.rolecall.cli.server.EchoServer;
import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A service as any team has it: gRPC and nothing else, without TLS, on the loopback interface. It
 * keeps the headers of its last calls, for the demo to show.
 */
final class PlainService implements AutoCloseable {

  private static final int MOST_KEPT = 10_000;

  private final LinkedBlockingQueue<Metadata> headers = new LinkedBlockingQueue<>(MOST_KEPT);
  private final Server server;

  private PlainService() throws IOException {
    server =
        NettyServerBuilder.forAddress(EchoServer.onLoopback(0), InsecureServerCredentials.create())
            .addService(
                ServerServiceDefinition.builder(EchoGrpc.SERVICE_NAME)
                    .addMethod(
                        EchoGrpc.getSayMethod(),
                        keepingHeaders(ServerCalls.asyncUnaryCall(PlainService::say)))
                    .addMethod(
                        EchoGrpc.getChatMethod(),
                        keepingHeaders(ServerCalls.asyncBidiStreamingCall(PlainService::chat)))
                    .build())
            .build()
            .start();
  }

  /** Starts it on a free port. */
  static PlainService start() throws IOException {
    return new PlainService();
  }

  private <Q, R> ServerCallHandler<Q, R> keepingHeaders(ServerCallHandler<Q, R> handler) {
    return (ServerCall<Q, R> call, Metadata metadata) -> {
      headers.add(metadata);
      return handler.startCall(call, metadata);
    };
  }

  private static void say(SayRequest request, StreamObserver<SayResponse> responses) {
    responses.onNext(SayResponse.newBuilder().setText(request.getText()).build());
    responses.onCompleted();
  }

  private static StreamObserver<ChatRequest> chat(StreamObserver<ChatResponse> responses) {
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

  int port() {
    return server.getPort();
  }

  /** How many calls have reached it that were not asked about. */
  int unseenCalls() {
    return headers.size();
  }

  /** Forgets the calls so far. */
  void forget() {
    headers.clear();
  }

  /** The headers of the next call that reached it. */
  Metadata told() throws InterruptedException {
    Metadata next = headers.poll(10, TimeUnit.SECONDS);
    if (next == null) {
      throw new IllegalStateException("no call reached the service within ten seconds");
    }
    return next;
  }

  @Override
  public void close() {
    server.shutdownNow();
  }
}
