/** Recognises OAuth2, OIDC and AWS web identity callers. */
module dev.rolecall.tokens {
  requires io.opentelemetry.api;
  requires java.net.http;
  requires static transitive org.jspecify;
  requires transitive dev.rolecall.access;
  requires transitive dev.rolecall.identity;
  requires transitive dev.rolecall.jwt;

  exports dev.rolecall.tokens;
}
