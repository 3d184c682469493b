package dev.rolecall.cli;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.rpc.ErrorInfo;
import dev.rolecall.cli.server.EchoServer;
import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.reflection.v1.ErrorResponse;
import io.grpc.reflection.v1.FileDescriptorResponse;
import io.grpc.reflection.v1.ListServiceResponse;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Function;

/** A server in plaintext that says to its clients whatever a test has it say. */
public final class HostileServer implements AutoCloseable {

  /** Sets a window's title, moves the cursor up, hides text, turns it around, begins a line. */
  public static final String EVIL =
      "\u001b]0;owned\u0007\u001b[1A\u009b8m\u202eok\u2028\u007f\rrolecall: all is well";

  private final Server server;

  private HostileServer(NettyServerBuilder builder) {
    try {
      this.server = builder.build().start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static NettyServerBuilder builder() {
    return NettyServerBuilder.forAddress(
        EchoServer.onLoopback(0), InsecureServerCredentials.create());
  }

  /** Refuses each call in words of its own. */
  public static HostileServer refusing(Status status, String reason) {
    return new HostileServer(
        builder()
            .intercept(refusal(status, reason))
            .addService(new Told(r -> ServerReflectionResponse.getDefaultInstance())));
  }

  static ServerInterceptor refusal(Status status, String reason) {
    return new ServerInterceptor() {
      @Override
      public <Q, A> ServerCall.Listener<Q> interceptCall(
          ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        Metadata trailers = new Metadata();
        com.google.rpc.Status details =
            com.google.rpc.Status.newBuilder()
                .setCode(status.getCode().value())
                .addDetails(
                    com.google.protobuf.Any.pack(
                        ErrorInfo.newBuilder()
                            .setReason(reason)
                            .setDomain("rolecall.dev")
                            .putMetadata("role", reason)
                            .putMetadata("method", reason)
                            .build()))
                .build();
        trailers.put(
            Metadata.Key.of(
                "grpc-status-details-bin",
                ProtoUtils.metadataMarshaller(com.google.rpc.Status.getDefaultInstance())),
            details);
        call.close(status, trailers);
        return new ServerCall.Listener<>() {};
      }
    };
  }

  /** Tells this of its schema. */
  static HostileServer reflecting(
      Function<ServerReflectionRequest, ServerReflectionResponse> answers) {
    return new HostileServer(builder().addService(new Told(answers)));
  }

  /** An error in that text. */
  static ServerReflectionResponse error(String words) {
    return ServerReflectionResponse.newBuilder()
        .setErrorResponse(ErrorResponse.newBuilder().setErrorCode(13).setErrorMessage(words))
        .build();
  }

  /** One service of that name, in a file of that name with these imports. */
  static Function<ServerReflectionRequest, ServerReflectionResponse> service(
      String name, String file, String... imports) {
    FileDescriptorProto.Builder proto =
        FileDescriptorProto.newBuilder()
            .setName(file)
            .addService(
                ServiceDescriptorProto.newBuilder()
                    .setName(name)
                    .addMethod(
                        MethodDescriptorProto.newBuilder()
                            .setName("M")
                            .setInputType(".M")
                            .setOutputType(".M")));
    for (String each : imports) {
      proto.addDependency(each);
    }
    return request ->
        request.hasListServices()
            ? ServerReflectionResponse.newBuilder()
                .setListServicesResponse(
                    ListServiceResponse.newBuilder()
                        .addService(ServiceResponse.newBuilder().setName(name)))
                .build()
            : ServerReflectionResponse.newBuilder()
                .setFileDescriptorResponse(
                    FileDescriptorResponse.newBuilder()
                        .addFileDescriptorProto(proto.build().toByteString()))
                .build();
  }

  /** The file of the health service. */
  static ServerReflectionResponse healthFile() {
    return ServerReflectionResponse.newBuilder()
        .setFileDescriptorResponse(
            FileDescriptorResponse.newBuilder()
                .addFileDescriptorProto(
                    io.grpc.health.v1.HealthProto.getDescriptor().toProto().toByteString()))
        .build();
  }

  public String address() {
    return "127.0.0.1:" + server.getPort();
  }

  @Override
  public void close() {
    server.shutdownNow();
  }

  private static final class Told extends ServerReflectionGrpc.ServerReflectionImplBase {

    private final Function<ServerReflectionRequest, ServerReflectionResponse> answers;

    private Told(Function<ServerReflectionRequest, ServerReflectionResponse> answers) {
      this.answers = answers;
    }

    @Override
    public StreamObserver<ServerReflectionRequest> serverReflectionInfo(
        StreamObserver<ServerReflectionResponse> responses) {
      return new StreamObserver<>() {
        @Override
        public void onNext(ServerReflectionRequest request) {
          responses.onNext(answers.apply(request));
        }

        @Override
        public void onError(Throwable failure) {
          // The client has what it came for.
        }

        @Override
        public void onCompleted() {
          responses.onCompleted();
        }
      };
    }
  }
}
