/** The words both sides of Rolecall share. Depends on the JDK alone. */
@SuppressWarnings("module") // the modules that see the tasks are compiled after this one
module dev.rolecall.identity {
  requires static transitive org.jspecify;

  exports dev.rolecall.identity;
  exports dev.rolecall.identity.tasks to
      dev.rolecall.client,
      dev.rolecall.policy,
      dev.rolecall.tls,
      dev.rolecall.verifier;
}
