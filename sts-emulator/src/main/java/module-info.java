/** Answers as AWS STS would, offline. Depends on the JDK alone. */
module dev.rolecall.stsemulator {
  requires jdk.httpserver;
  requires static transitive org.jspecify;

  exports dev.rolecall.stsemulator;
  exports dev.rolecall.stsemulator.network;
  exports dev.rolecall.stsemulator.protocol;
}
