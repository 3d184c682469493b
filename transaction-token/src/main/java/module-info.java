/** Mints and verifies the identity that a proxy passes on. */
module dev.rolecall.txntoken {
  requires com.github.benmanes.caffeine;
  requires io.opentelemetry.api;
  requires java.net.http;
  requires static transitive org.jspecify;
  requires transitive dev.rolecall.access;
  requires transitive dev.rolecall.identity;
  requires transitive dev.rolecall.jwt;

  exports dev.rolecall.txntoken;
}
