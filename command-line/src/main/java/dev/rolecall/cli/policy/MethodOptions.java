package dev.rolecall.cli.policy;

import com.google.protobuf.Descriptors.ServiceDescriptor;
import dev.rolecall.cli.options.CallerOptions;
import dev.rolecall.cli.schema.DescriptorSetFile;
import dev.rolecall.cli.schema.Schema;
import dev.rolecall.cli.schema.SchemaUnavailableException;
import dev.rolecall.identity.Audience;
import io.grpc.MethodDescriptor;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say which methods there are, so that a path of none is found. */
final class MethodOptions {

  private static final String REFLECTION_V1ALPHA =
      "grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo";

  @Option(
      names = "--descriptor-set",
      paramLabel = "FILE",
      description =
          "What 'protoc --include_imports --descriptor_set_out' wrote: a path that means none of its"
              + " methods is a problem. Repeat it for several.")
  List<Path> descriptorSets = List.of();

  @Option(
      names = "--server",
      paramLabel = "HOST:PORT",
      description = "The same, with the methods that this server describes by reflection.")
  @Nullable String server;

  @Option(
      names = "--audience",
      paramLabel = "NAME",
      description = "Ask the server with a proof for this audience. Default: without a proof.")
  @Nullable Audience audience;

  @Mixin CallerOptions caller;

  /** Whether there is a question about methods at all. */
  boolean areGiven() {
    return server != null || !descriptorSets.isEmpty();
  }

  /**
   * The methods there are, as grpc-java names them.
   *
   * @throws SchemaUnavailableException if the server does not describe them
   */
  List<String> fullMethodNames() {
    List<ServiceDescriptor> services = new ArrayList<>();
    for (Path file : descriptorSets) {
      services.addAll(new Schema(DescriptorSetFile.read(file)).services());
    }
    if (server != null) {
      services.addAll(reflected().all());
    }
    Stream<String> described =
        services.stream()
            .flatMap(service -> service.getMethods().stream())
            .map(method -> Schema.pathOf(method).value().substring(1));
    // A server has its own to tell; a set of an application's files seldom holds these.
    return (server == null ? Stream.concat(described, ofEveryServer()) : described).toList();
  }

  /** Prints why there are no methods to be had. */
  void print(PrintWriter err, SchemaUnavailableException thrown) {
    reflected().print(err, thrown);
  }

  private ReflectedServices reflected() {
    return new ReflectedServices(String.valueOf(server), Optional.ofNullable(audience), caller);
  }

  /** The methods that any server may have beside those of its application. */
  private static Stream<String> ofEveryServer() {
    Stream<String> listed =
        Stream.of(HealthGrpc.getServiceDescriptor(), ServerReflectionGrpc.getServiceDescriptor())
            .flatMap(service -> service.getMethods().stream())
            .map(MethodDescriptor::getFullMethodName);
    return Stream.concat(listed, Stream.of(REFLECTION_V1ALPHA));
  }
}
