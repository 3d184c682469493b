/** Proves who is calling. */
module dev.rolecall.client {
  requires static transitive org.jspecify;
  requires transitive dev.rolecall.identity;
  requires transitive dev.rolecall.proof;
  requires transitive dev.rolecall.renewal;
  requires transitive io.grpc;
  requires transitive io.opentelemetry.api;
  requires transitive software.amazon.awssdk.identity.spi;
  requires transitive software.amazon.awssdk.regions;
  requires software.amazon.awssdk.auth;
  requires software.amazon.awssdk.awscore;
  requires software.amazon.awssdk.core;
  requires software.amazon.awssdk.http;
  requires software.amazon.awssdk.http.auth.aws;
  requires software.amazon.awssdk.http.auth.spi;
  requires software.amazon.awssdk.http.urlconnection;
  requires software.amazon.awssdk.profiles;
  requires software.amazon.awssdk.services.sts;

  exports dev.rolecall.client;
  exports dev.rolecall.client.credentials;
}
