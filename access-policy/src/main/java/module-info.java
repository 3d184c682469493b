/** Decides whether a role may call a method. Knows callers and a YAML parser; never gRPC or AWS. */
@SuppressWarnings(
    "module") // the modules that see the internal packages are compiled after this one
module dev.rolecall.policy {
  requires transitive dev.rolecall.identity;
  requires static transitive org.jspecify;
  requires org.snakeyaml.engine;

  exports dev.rolecall.policy;
  exports dev.rolecall.policy.claim;
  exports dev.rolecall.policy.condition;
  exports dev.rolecall.policy.document;
  exports dev.rolecall.policy.grant;
  exports dev.rolecall.policy.document.internal to
      dev.rolecall.policytools,
      dev.rolecall.proxy,
      dev.rolecall.service;
  exports dev.rolecall.policy.internal to
      dev.rolecall.policytools,
      dev.rolecall.service;
}
