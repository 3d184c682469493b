/** Proves the role of both ends of a connection. */
module dev.rolecall.tls {
  requires static transitive org.jspecify;
  requires transitive dev.rolecall.access;
  requires transitive dev.rolecall.client;
  requires transitive dev.rolecall.guard;
  requires transitive dev.rolecall.identity;
  requires transitive dev.rolecall.proof;
  requires transitive dev.rolecall.verifier;
  requires transitive io.grpc;
  requires io.opentelemetry.api;
  requires transitive software.amazon.awssdk.identity.spi;
  requires transitive software.amazon.awssdk.regions;

  exports dev.rolecall.tls;
  exports dev.rolecall.tls.certificate;
}
