/** Judges calls, whatever transport they come by and however their callers prove themselves. */
@SuppressWarnings("module") // the modules that share the internals are compiled after this one
module dev.rolecall.access {
  requires com.fasterxml.jackson.core;
  requires com.github.benmanes.caffeine;
  requires static transitive org.jspecify;
  requires transitive dev.rolecall.identity;
  requires transitive dev.rolecall.policy;
  requires transitive io.opentelemetry.api;

  exports dev.rolecall.access;
  exports dev.rolecall.access.audit;
  exports dev.rolecall.access.call;
  exports dev.rolecall.access.grant;
  exports dev.rolecall.access.lookup;
  exports dev.rolecall.access.proxy;
  exports dev.rolecall.access.runtime;
  exports dev.rolecall.access.scheme;
  exports dev.rolecall.access.internal.metrics to
      dev.rolecall.certificates,
      dev.rolecall.apikeys,
      dev.rolecall.decisions,
      dev.rolecall.exchange,
      dev.rolecall.grants,
      dev.rolecall.guard,
      dev.rolecall.proxy,
      dev.rolecall.service,
      dev.rolecall.tokens,
      dev.rolecall.txntoken,
      dev.rolecall.verifier;
  exports dev.rolecall.access.internal.limits to
      dev.rolecall.grants,
      dev.rolecall.tokens;
}
