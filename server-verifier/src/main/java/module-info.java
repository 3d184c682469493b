/** Admits a call or refuses it. */
module dev.rolecall.verifier {
  requires com.fasterxml.jackson.core;
  requires com.github.benmanes.caffeine;
  requires java.xml;
  requires okhttp3;
  requires software.amazon.awssdk.regions;
  requires static transitive org.jspecify;
  requires transitive dev.rolecall.identity;
  requires transitive dev.rolecall.policy;
  requires transitive dev.rolecall.proof;
  requires transitive io.grpc;
  requires transitive io.opentelemetry.api;

  exports dev.rolecall.verifier;
  exports dev.rolecall.verifier.audit;
  exports dev.rolecall.verifier.grpc;
}
