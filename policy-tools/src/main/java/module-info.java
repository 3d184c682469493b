/** Answers people's questions about a policy. Knows policies and callers; never a call. */
module dev.rolecall.policytools {
  requires transitive dev.rolecall.identity;
  requires transitive dev.rolecall.policy;
  requires static transitive org.jspecify;

  exports dev.rolecall.policytools;
}
