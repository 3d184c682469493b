package dev.rolecall.tls;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.CallCredentials;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Calls a {@link Greeter}. Calls fail after two minutes, lest a test hang. */
record TestCaller(ManagedChannel channel, CallOptions options) {

  TestCaller(ManagedChannel channel) {
    this(channel, CallOptions.DEFAULT);
  }

  TestCaller with(CallCredentials credentials) {
    return new TestCaller(channel, options.withCallCredentials(credentials));
  }

  private CallOptions patient() {
    return options.withDeadlineAfter(2, TimeUnit.MINUTES);
  }

  /** The role and evidence that the server knows this caller by. */
  String greet() {
    return ClientCalls.blockingUnaryCall(channel, Greeter.GREET, patient(), "hello");
  }

  /** The status of a call that fails. */
  Status refused() {
    return catchThrowableOfType(StatusRuntimeException.class, this::greet).getStatus();
  }

  /** A call that is under way. */
  CompletableFuture<String> greetLater() {
    CompletableFuture<String> answer = new CompletableFuture<>();
    ClientCalls.asyncUnaryCall(
        channel.newCall(Greeter.GREET, patient()),
        "hello",
        new StreamObserver<>() {
          @Override
          public void onNext(String greeting) {
            answer.complete(greeting);
          }

          @Override
          public void onError(Throwable failure) {
            answer.completeExceptionally(failure);
          }

          @Override
          public void onCompleted() {}
        });
    return answer;
  }

  /** A stream that the server leaves open. */
  Iterator<String> watch() {
    return ClientCalls.blockingServerStreamingCall(channel, Greeter.WATCH, patient(), "hello");
  }

  /** Ends the connection; the next call makes another. */
  void reconnect() {
    channel.enterIdle();
  }
}
