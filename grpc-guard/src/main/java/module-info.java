/** Puts access control in front of gRPC services, and ends streams. */
module dev.rolecall.guard {
  requires com.github.benmanes.caffeine;
  requires static transitive org.jspecify;
  requires transitive dev.rolecall.access;
  requires transitive dev.rolecall.identity;
  requires transitive dev.rolecall.policy;
  requires transitive io.grpc;

  exports dev.rolecall.guard;
}
