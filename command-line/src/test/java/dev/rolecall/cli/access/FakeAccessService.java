package dev.rolecall.cli.access;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.Any;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import dev.rolecall.cli.server.EchoServer;
import dev.rolecall.grants.v1.AccessServiceGrpc;
import io.grpc.Context;
import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

/** An access service that answers as a test says, on loopback and without a guard. */
final class FakeAccessService implements AutoCloseable {

  /** What a method does with a request. */
  @FunctionalInterface
  interface Answer<Q, R> extends BiConsumer<Q, StreamObserver<R>> {}

  private final Map<String, Answer<Message, Message>> answers = new HashMap<>();
  private final List<Message> requests = new CopyOnWriteArrayList<>();
  private final Set<String> methods = ConcurrentHashMap.newKeySet();
  private final Deque<Context> contexts = new ArrayDeque<>();
  private final Server server;

  private FakeAccessService() throws IOException {
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(EchoServer.onLoopback(0), InsecureServerCredentials.create());
    ServerServiceDefinition.Builder service =
        ServerServiceDefinition.builder(AccessServiceGrpc.getServiceDescriptor());
    AccessServiceGrpc.getServiceDescriptor()
        .getMethods()
        .forEach(method -> service.addMethod(erased(method), handler(method.getBareMethodName())));
    server = builder.addService(service.build()).build().start();
  }

  @SuppressWarnings("unchecked") // every message of the service is one
  private static MethodDescriptor<Message, Message> erased(MethodDescriptor<?, ?> method) {
    return (MethodDescriptor<Message, Message>) method;
  }

  private ServerCallHandler<Message, Message> handler(String name) {
    return new ServerCallHandler<>() {
      @Override
      public ServerCall.Listener<Message> startCall(
          ServerCall<Message, Message> call, Metadata headers) {
        return ServerCalls.asyncServerStreamingCall(
                (Message request, StreamObserver<Message> responses) -> {
                  requests.add(request);
                  methods.add(name);
                  synchronized (contexts) {
                    contexts.add(Context.current());
                  }
                  answers
                      .getOrDefault(
                          name, (any, to) -> to.onError(Status.UNIMPLEMENTED.asException()))
                      .accept(request, responses);
                })
            .startCall(call, headers);
      }
    };
  }

  static FakeAccessService start() {
    try {
      return new FakeAccessService();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Has a method answer so. */
  @SuppressWarnings("unchecked") // the method's own types
  <Q extends Message, R extends Message> void on(
      MethodDescriptor<Q, R> method, Answer<Q, R> answer) {
    answers.put(method.getBareMethodName(), (Answer<Message, Message>) (Answer<?, ?>) answer);
  }

  /** Has a method give that one answer. */
  <Q extends Message, R extends Message> void answer(MethodDescriptor<Q, R> method, R response) {
    on(
        method,
        (request, to) -> {
          to.onNext(response);
          to.onCompleted();
        });
  }

  /** Has every method give one empty answer. */
  void answerAll() {
    AccessServiceGrpc.getServiceDescriptor()
        .getMethods()
        .forEach(method -> answer(erased(method), emptyAnswer(method)));
  }

  /** Has every method give one answer, in which each text is that one. */
  void answerAll(String text) {
    AccessServiceGrpc.getServiceDescriptor()
        .getMethods()
        .forEach(method -> answer(erased(method), filled(emptyAnswer(method), text)));
  }

  private static Message emptyAnswer(MethodDescriptor<?, ?> method) {
    return (Message)
        requireNonNull(
            ((MethodDescriptor.PrototypeMarshaller<?>) method.getResponseMarshaller())
                .getMessagePrototype(),
            "empty");
  }

  /** The message with that for each text of it, and of the messages in it. */
  @SuppressWarnings("unchecked") // the message's own type
  static <M extends Message> M filled(M empty, String text) {
    Message.Builder filled = empty.newBuilderForType();
    for (FieldDescriptor field : empty.getDescriptorForType().getFields()) {
      Object value = null;
      if (field.getJavaType() == FieldDescriptor.JavaType.STRING) {
        // With a further page the list would have no end.
        value = field.getName().equals("next_page_token") ? "" : text;
      } else if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
        value = filled(filled.newBuilderForField(field).getDefaultInstanceForType(), text);
      }
      if (value != null && field.isRepeated()) {
        filled.addRepeatedField(field, value);
      } else if (value != null) {
        filled.setField(field, value);
      }
    }
    return (M) filled.build();
  }

  /** Has every method fail. */
  void failAll(StatusRuntimeException failure) {
    AccessServiceGrpc.getServiceDescriptor()
        .getMethods()
        .forEach(method -> fail(erased(method), failure));
  }

  /** The methods that were called, by name. */
  Set<String> methods() {
    return methods;
  }

  /** Has a method fail. */
  <Q extends Message, R extends Message> void fail(
      MethodDescriptor<Q, R> method, StatusRuntimeException failure) {
    on(method, (request, to) -> to.onError(failure));
  }

  /** A failure as the service words it. */
  static StatusRuntimeException failure(
      Status.Code code, String reason, String words, Map<String, String> details) {
    return StatusProto.toStatusRuntimeException(
        com.google.rpc.Status.newBuilder()
            .setCode(Code.forNumber(code.value()).getNumber())
            .setMessage(words)
            .addDetails(
                Any.pack(
                    ErrorInfo.newBuilder()
                        .setDomain("rolecall.dev")
                        .setReason(reason)
                        .putAllMetadata(details)
                        .build()))
            .build());
  }

  String address() {
    return "127.0.0.1:" + server.getPort();
  }

  /** What it was asked, in order. */
  List<Message> requests() {
    return requests;
  }

  /** Whether the last call has been cancelled by its client. */
  boolean isLastCallCancelled() {
    synchronized (contexts) {
      Context last = contexts.peekLast();
      return last != null && last.isCancelled();
    }
  }

  @Override
  public void close() {
    server.shutdownNow();
  }
}
