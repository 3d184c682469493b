/** Grants access for a time: requests, reviews, grants, locks, and their feed. */
module dev.rolecall.service {
  requires static transitive org.jspecify;
  requires transitive dev.rolecall.access;
  requires transitive dev.rolecall.grants;
  requires transitive dev.rolecall.guard;
  requires transitive dev.rolecall.identity;
  requires transitive dev.rolecall.policy;
  requires transitive io.grpc;

  exports dev.rolecall.service.request;
  exports dev.rolecall.service.store;
}
