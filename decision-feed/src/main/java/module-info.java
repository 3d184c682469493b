/** Keeps what a guarded server decided, and gives it to those that its policy allows to read it. */
module dev.rolecall.decisions {
  requires com.fasterxml.jackson.core;
  requires io.grpc.protobuf;
  requires static transitive org.jspecify;
  requires transitive com.google.common;
  requires transitive com.google.protobuf;
  requires transitive dev.rolecall.access;
  requires transitive io.grpc;
  requires transitive io.grpc.stub;

  exports dev.rolecall.decisions;
  exports dev.rolecall.decisions.v1;
}
