/** Puts access control in front of gRPC services, and ends streams. */
@SuppressWarnings("module") // the modules that share the internals are compiled after this one
module dev.rolecall.guard {
  requires com.github.benmanes.caffeine;
  requires static transitive org.jspecify;
  requires transitive dev.rolecall.access;
  requires transitive dev.rolecall.identity;
  requires transitive dev.rolecall.policy;
  requires transitive io.grpc;

  exports dev.rolecall.guard;
  exports dev.rolecall.guard.internal.status to
      dev.rolecall.proxy,
      dev.rolecall.service;
}
