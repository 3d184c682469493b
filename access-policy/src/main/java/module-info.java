/** Decides whether a role may call a method. Knows callers and a YAML parser; never gRPC or AWS. */
module dev.rolecall.policy {
  requires transitive dev.rolecall.identity;
  requires static transitive org.jspecify;
  requires org.snakeyaml.engine;

  exports dev.rolecall.policy;
}
