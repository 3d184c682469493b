/** Brings OAuth 2 tokens on each call. */
module dev.rolecall.tokencredentials {
  requires static transitive org.jspecify;
  requires transitive dev.rolecall.jwt;
  requires transitive dev.rolecall.renewal;
  requires transitive io.grpc;
  requires transitive io.opentelemetry.api;
  requires dev.rolecall.identity;
  requires java.net.http;

  exports dev.rolecall.tokencredentials;
}
