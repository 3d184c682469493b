package dev.rolecall.tls;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rolecall.identity.Caller;
import dev.rolecall.verifier.grpc.CurrentCaller;
import io.grpc.BindableService;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicInteger;

/** Tells each caller who it is, by role and evidence. */
final class Greeter implements BindableService {

  static final String SERVICE = "tests.Greeter";
  static final MethodDescriptor<String, String> GREET = method(MethodType.UNARY, "Greet");
  static final MethodDescriptor<String, String> WATCH =
      method(MethodType.SERVER_STREAMING, "Watch");

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
    answers.onNext(caller.role() + " by " + caller.evidence());
    answers.onCompleted();
  }

  /** Greets once, and leaves the stream open. */
  private void watch(String message, StreamObserver<String> answers) {
    started.incrementAndGet();
    answers.onNext(CurrentCaller.get().role().toString());
  }

  private static MethodDescriptor<String, String> method(MethodType type, String name) {
    return MethodDescriptor.<String, String>newBuilder()
        .setType(type)
        .setFullMethodName(MethodDescriptor.generateFullMethodName(SERVICE, name))
        .setRequestMarshaller(new Utf8())
        .setResponseMarshaller(new Utf8())
        .build();
  }

  private static final class Utf8 implements MethodDescriptor.Marshaller<String> {

    @Override
    public InputStream stream(String text) {
      return new ByteArrayInputStream(text.getBytes(UTF_8));
    }

    @Override
    public String parse(InputStream stream) {
      try {
        return new String(stream.readAllBytes(), UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
