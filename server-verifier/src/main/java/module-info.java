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

  exports dev.rolecall.verifier;
  exports dev.rolecall.verifier.audit;
}
