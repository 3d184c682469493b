/** Admits a call or refuses it. */
module dev.rolecall.verifier {
  requires com.fasterxml.jackson.core;
  requires com.github.benmanes.caffeine;
  requires java.net.http;
  requires software.amazon.awssdk.regions;
  requires transitive dev.rolecall.identity;
  requires transitive io.opentelemetry.api;
  requires static transitive org.jspecify;
  requires transitive dev.rolecall.policy;
  requires com.google.protobuf;
  requires io.grpc.protobuf;
  requires proto.google.common.protos;
  requires transitive io.grpc;

  exports dev.rolecall.verifier;
  exports dev.rolecall.verifier.audit;
  exports dev.rolecall.verifier.grpc;
}
