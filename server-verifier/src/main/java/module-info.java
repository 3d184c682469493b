/** Recognises IAM roles by asking STS. */
module dev.rolecall.verifier {
  requires com.fasterxml.jackson.core;
  requires com.github.benmanes.caffeine;
  requires java.xml;
  requires okhttp3;
  requires software.amazon.awssdk.regions;
  requires static transitive org.jspecify;
  requires transitive dev.rolecall.access;
  requires transitive dev.rolecall.identity;
  requires transitive dev.rolecall.proof;

  exports dev.rolecall.verifier;
}
