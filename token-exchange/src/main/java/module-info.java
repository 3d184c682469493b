/** Trades a proof for a short token. */
module dev.rolecall.exchange {
  requires jdk.httpserver;
  requires static transitive org.jspecify;
  requires transitive dev.rolecall.access;
  requires transitive dev.rolecall.identity;
  requires transitive dev.rolecall.jwt;

  exports dev.rolecall.exchange;
}
