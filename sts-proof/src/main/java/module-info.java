/** Writes and reads the text of a presigned GetCallerIdentity request. Depends on the JDK alone. */
module dev.rolecall.proof {
  requires static transitive org.jspecify;
  requires transitive dev.rolecall.identity;

  exports dev.rolecall.proof;
}
