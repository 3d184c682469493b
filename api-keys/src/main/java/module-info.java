/** Issues and recognises API keys, hashed at rest. */
module dev.rolecall.apikeys {
  requires com.fasterxml.jackson.core;
  requires static transitive org.jspecify;
  requires transitive dev.rolecall.access;
  requires transitive dev.rolecall.identity;

  exports dev.rolecall.apikeys;
}
