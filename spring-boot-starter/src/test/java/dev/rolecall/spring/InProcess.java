package dev.rolecall.spring;

import dev.rolecall.testsupport.TextMethod;
import io.grpc.CallOptions;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.ServerCalls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Supplier;
import org.springframework.context.ApplicationContext;
import org.springframework.grpc.client.GrpcChannelBuilderCustomizer;
import org.springframework.grpc.server.ServerBuilderCustomizer;

/** A server with one method, built with an application's customizers as Spring gRPC would. */
final class InProcess implements AutoCloseable {

  static final MethodDescriptor<String, String> ASK =
      TextMethod.of("tests.v1.Questions", "Ask", MethodDescriptor.MethodType.UNARY);

  private final String name;
  private final Server server;
  private final ManagedChannel channel;

  private InProcess(String name, Server server, ManagedChannel channel) {
    this.name = name;
    this.server = server;
    this.channel = channel;
  }

  static InProcess of(ApplicationContext application, Supplier<String> handler) {
    String name = InProcessServerBuilder.generateName();
    InProcessServerBuilder builder =
        InProcessServerBuilder.forName(name)
            .addService(
                ServerServiceDefinition.builder("tests.v1.Questions")
                    .addMethod(
                        ASK,
                        ServerCalls.asyncUnaryCall(
                            (request, answers) -> {
                              answers.onNext(handler.get());
                              answers.onCompleted();
                            }))
                    .build());
    application
        .getBeanProvider(ServerBuilderCustomizer.class)
        .orderedStream()
        .forEach(customizer -> customize(customizer, builder));
    try {
      return new InProcess(
          name, builder.build().start(), InProcessChannelBuilder.forName(name).build());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Spring gRPC's own customizers are of any builder, too. */
  @SuppressWarnings("unchecked")
  private static void customize(
      ServerBuilderCustomizer<?> customizer, InProcessServerBuilder builder) {
    ((ServerBuilderCustomizer<InProcessServerBuilder>) customizer).customize(builder);
  }

  /** Calls without a proof. */
  String ask() {
    return ClientCalls.blockingUnaryCall(channel, ASK, CallOptions.DEFAULT, "?");
  }

  /** Calls with that proof. */
  String ask(String proof) {
    Metadata headers = new Metadata();
    headers.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + proof);
    return ClientCalls.blockingUnaryCall(
        ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers)),
        ASK,
        CallOptions.DEFAULT,
        "?");
  }

  /** Calls over a channel of that name, built with an application's customizer. */
  @SuppressWarnings("unchecked")
  String askBy(String channelName, GrpcChannelBuilderCustomizer<?> customizer) {
    InProcessChannelBuilder builder = InProcessChannelBuilder.forName(name);
    ((GrpcChannelBuilderCustomizer<InProcessChannelBuilder>) customizer)
        .customize(channelName, builder);
    ManagedChannel built = builder.build();
    try {
      return ClientCalls.blockingUnaryCall(built, ASK, CallOptions.DEFAULT, "?");
    } finally {
      built.shutdownNow();
    }
  }

  @Override
  public void close() {
    channel.shutdownNow();
    server.shutdownNow();
  }
}
