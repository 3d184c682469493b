/** Lets users test the services that Rolecall guards. */
module dev.rolecall.testing {
  requires static transitive org.jspecify;
  requires transitive dev.rolecall.access;
  requires transitive dev.rolecall.guard;
  requires transitive dev.rolecall.identity;
  requires transitive dev.rolecall.policy;
  requires transitive dev.rolecall.stsemulator;
  requires transitive dev.rolecall.verifier;
  requires transitive io.grpc;
  requires transitive org.junit.jupiter.api;
  requires transitive software.amazon.awssdk.auth;
  requires dev.rolecall.client;
  requires io.grpc.inprocess;
  requires software.amazon.awssdk.regions;

  exports dev.rolecall.testing;
}
