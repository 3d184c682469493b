/** Follows grants of access for a time, and locks, for servers that enforce them. */
module dev.rolecall.grants {
  requires io.grpc.protobuf;
  requires static transitive org.jspecify;
  requires transitive com.google.common;
  requires transitive com.google.protobuf;
  requires transitive dev.rolecall.access;
  requires transitive dev.rolecall.jwt;
  requires transitive io.grpc;
  requires transitive io.grpc.stub;

  exports dev.rolecall.grants;
  exports dev.rolecall.grants.client;
  exports dev.rolecall.grants.token;
  exports dev.rolecall.grants.v1;
}
