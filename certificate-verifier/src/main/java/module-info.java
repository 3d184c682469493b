/** Recognises client certificates by SPIFFE ID or DNS name. */
module dev.rolecall.certificates {
  requires static transitive org.jspecify;
  requires transitive dev.rolecall.access;
  requires transitive dev.rolecall.identity;

  exports dev.rolecall.certificates;
}
