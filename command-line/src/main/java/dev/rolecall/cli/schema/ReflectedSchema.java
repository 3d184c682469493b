package dev.rolecall.cli.schema;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.cli.terminal.Visible;
import dev.rolecall.policy.MethodPath;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The .proto files that a server describes itself with, by reflection.
 *
 * @see <a href="https://grpc.io/docs/guides/reflection/">gRPC reflection</a>
 */
public final class ReflectedSchema implements Schema.Source {

  private static final MethodDescriptor<ServerReflectionRequest, ServerReflectionResponse> V1 =
      ServerReflectionGrpc.getServerReflectionInfoMethod();
  private static final MethodDescriptor<ServerReflectionRequest, ServerReflectionResponse>
      V1_ALPHA =
          V1.toBuilder()
              .setFullMethodName("grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo")
              .build();

  private MethodDescriptor<ServerReflectionRequest, ServerReflectionResponse> method = V1;
  private final Channel channel;
  private final CallOptions options;

  public ReflectedSchema(Channel channel, CallOptions options) {
    this.channel = channel;
    this.options = options;
  }

  @Override
  public List<String> services() {
    ServerReflectionResponse answer =
        ask(ServerReflectionRequest.newBuilder().setListServices("*").build());
    if (!answer.hasListServicesResponse()) {
      throw failed(answer);
    }
    return answer.getListServicesResponse().getServiceList().stream()
        .map(ServiceResponse::getName)
        .toList();
  }

  @Override
  public List<FileDescriptorProto> declaring(String service) {
    return files(ServerReflectionRequest.newBuilder().setFileContainingSymbol(service).build());
  }

  @Override
  public Optional<FileDescriptorProto> named(String file) {
    return files(ServerReflectionRequest.newBuilder().setFileByFilename(file).build()).stream()
        .filter(each -> each.getName().equals(file))
        .findFirst();
  }

  private List<FileDescriptorProto> files(ServerReflectionRequest request) {
    ServerReflectionResponse answer = ask(request);
    if (answer.getErrorResponse().getErrorCode() == Status.Code.NOT_FOUND.value()) {
      return List.of();
    }
    if (!answer.hasFileDescriptorResponse()) {
      throw failed(answer);
    }
    List<FileDescriptorProto> files = new ArrayList<>();
    try {
      for (ByteString file : answer.getFileDescriptorResponse().getFileDescriptorProtoList()) {
        files.add(FileDescriptorProto.parseFrom(file));
      }
    } catch (InvalidProtocolBufferException e) {
      throw new CommandFailure("the server's reflection service sends what is no .proto file", e);
    }
    return files;
  }

  private static CommandFailure failed(ServerReflectionResponse answer) {
    return new CommandFailure(
        "the server's reflection service answers with an error: "
            + Visible.line(answer.getErrorResponse().getErrorMessage()));
  }

  /** One question, one answer, one stream. */
  private ServerReflectionResponse ask(ServerReflectionRequest request) {
    try {
      return ask(request, method);
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() == Status.Code.UNIMPLEMENTED && method == V1) {
        // Older servers have it under its older name alone; the messages are the same.
        method = V1_ALPHA;
        return ask(request);
      }
      throw new SchemaUnavailableException(
          MethodPath.ofFullMethodName(method.getFullMethodName()), e);
    }
  }

  private ServerReflectionResponse ask(
      ServerReflectionRequest request,
      MethodDescriptor<ServerReflectionRequest, ServerReflectionResponse> reflection) {
    FirstAnswer answer = new FirstAnswer();
    StreamObserver<ServerReflectionRequest> questions =
        ClientCalls.asyncBidiStreamingCall(channel.newCall(reflection, options), answer);
    questions.onNext(request);
    questions.onCompleted();
    try {
      return answer.first.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof StatusRuntimeException status) {
        throw status;
      }
      throw e;
    }
  }

  private static final class FirstAnswer implements StreamObserver<ServerReflectionResponse> {

    private final CompletableFuture<ServerReflectionResponse> first = new CompletableFuture<>();

    @Override
    public void onNext(ServerReflectionResponse answer) {
      first.complete(answer);
    }

    @Override
    public void onError(Throwable failure) {
      first.completeExceptionally(failure);
    }

    @Override
    public void onCompleted() {
      first.completeExceptionally(
          Status.INTERNAL.withDescription("reflection ended unanswered").asRuntimeException());
    }
  }
}
