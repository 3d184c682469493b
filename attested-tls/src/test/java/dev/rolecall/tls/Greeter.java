package dev.rolecall.tls;

import dev.rolecall.guard.CurrentCaller;
import dev.rolecall.identity.Caller;
import dev.rolecall.testsupport.TextMethod;
import io.grpc.BindableService;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.atomic.AtomicInteger;

/** A service that answers with the role and the evidence of its caller. */
final class Greeter implements BindableService {

  static final String SERVICE = "tests.Greeter";
  static final MethodDescriptor<String, String> GREET =
      TextMethod.of(SERVICE, "Greet", MethodType.UNARY);
  static final MethodDescriptor<String, String> WATCH =
      TextMethod.of(SERVICE, "Watch", MethodType.SERVER_STREAMING);

  private final AtomicInteger started = new AtomicInteger();

  /** How many handlers were started. */
  int started() {
    return started.get();
  }

  @Override
  public ServerServiceDefinition bindService() {
    return ServerServiceDefinition.builder(SERVICE)
        .addMethod(GREET, ServerCalls.asyncUnaryCall(this::greet))
        .addMethod(WATCH, ServerCalls.asyncServerStreamingCall(this::watch))
        .build();
  }

  private void greet(String message, StreamObserver<String> answers) {
    started.incrementAndGet();
    Caller caller = CurrentCaller.get();
    answers.onNext(caller.principal().text() + " by " + caller.evidence().carrier());
    answers.onCompleted();
  }

  /** Greets once, and leaves the stream open. */
  private void watch(String message, StreamObserver<String> answers) {
    started.incrementAndGet();
    answers.onNext(CurrentCaller.get().principal().text());
  }
}
