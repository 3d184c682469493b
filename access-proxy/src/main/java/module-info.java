/** Guards services that cannot guard themselves. */
module dev.rolecall.proxy {
  requires com.github.benmanes.caffeine;
  requires com.google.common;
  requires com.google.protobuf;
  requires io.grpc.netty.shaded;
  requires io.grpc.protobuf;
  requires io.grpc.services;
  requires io.grpc.stub;
  requires static transitive org.jspecify;
  requires transitive dev.rolecall.access;
  requires transitive dev.rolecall.guard;
  requires transitive dev.rolecall.identity;
  requires transitive dev.rolecall.policy;
  requires transitive dev.rolecall.txntoken;
  requires transitive io.grpc;

  exports dev.rolecall.proxy;
  exports dev.rolecall.proxy.config;
  exports dev.rolecall.proxy.envoy;
  exports dev.rolecall.proxy.relay;
}
