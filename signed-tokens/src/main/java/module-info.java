/** Reads, checks and signs JWTs. Depends on the JDK's cryptography and the core of Jackson. */
module dev.rolecall.jwt {
  requires com.fasterxml.jackson.core;
  requires dev.rolecall.identity;
  requires static transitive org.jspecify;

  exports dev.rolecall.jwt;
  exports dev.rolecall.jwt.json;
  exports dev.rolecall.jwt.key;
  exports dev.rolecall.jwt.ring;
}
