/** Admits a call or refuses it. */
module dev.rolecall.verifier {
  requires transitive dev.rolecall.identity;
  requires transitive io.opentelemetry.api;
  requires static transitive org.jspecify;

  exports dev.rolecall.verifier;
}
