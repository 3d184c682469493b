/** Reads an access policy from the options of services' .proto files. */
module dev.rolecall.protopolicy {
  requires dev.rolecall.identity;
  requires io.grpc.protobuf;
  requires static transitive org.jspecify;
  requires transitive com.google.protobuf;
  requires transitive dev.rolecall.policy;
  requires transitive io.grpc;

  exports dev.rolecall.protopolicy;
  exports dev.rolecall.protopolicy.v1;
}
