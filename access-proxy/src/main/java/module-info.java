/** Guards services that cannot guard themselves. */
module dev.rolecall.proxy {
  requires static transitive org.jspecify;
  requires transitive dev.rolecall.access;
  requires transitive dev.rolecall.guard;
  requires transitive dev.rolecall.identity;
  requires transitive dev.rolecall.policy;
  requires transitive dev.rolecall.txntoken;
  requires transitive io.grpc;

  exports dev.rolecall.proxy;
}
