/** The words both sides of Rolecall share. Depends on the JDK alone. */
module dev.rolecall.identity {
  requires static transitive org.jspecify;

  exports dev.rolecall.identity;
}
