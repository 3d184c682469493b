/** Grants access for a time: requests, reviews, grants, locks, and their feed. */
module dev.rolecall.service {
  requires static transitive org.jspecify;
  requires transitive dev.rolecall.grants;
  requires transitive dev.rolecall.guard;
  requires transitive io.grpc;
}
