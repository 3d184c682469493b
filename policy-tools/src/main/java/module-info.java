/** Answers people's questions about a policy. Knows policies and callers; never a call. */
module dev.rolecall.policytools {
  requires com.fasterxml.jackson.core;
  requires transitive dev.rolecall.identity;
  requires transitive dev.rolecall.policy;
  requires static transitive org.jspecify;

  exports dev.rolecall.policytools;
  exports dev.rolecall.policytools.compare;
  exports dev.rolecall.policytools.suggest;
  exports dev.rolecall.policytools.trail;
}
