/** The words that all of Rolecall shares. Depends on the JDK alone. */
@SuppressWarnings("module") // the modules that see the internal package are compiled after this one
module dev.rolecall.identity {
  requires static java.net.http;
  requires static transitive org.jspecify;

  exports dev.rolecall.identity;
  exports dev.rolecall.identity.pattern;
  exports dev.rolecall.identity.internal to
      dev.rolecall.access,
      dev.rolecall.certificates,
      dev.rolecall.apikeys,
      dev.rolecall.client,
      dev.rolecall.decisions,
      dev.rolecall.exchange,
      dev.rolecall.grants,
      dev.rolecall.guard,
      dev.rolecall.jwt,
      dev.rolecall.policy,
      dev.rolecall.proof,
      dev.rolecall.proxy,
      dev.rolecall.renewal,
      dev.rolecall.service,
      dev.rolecall.tls,
      dev.rolecall.tokencredentials,
      dev.rolecall.tokens,
      dev.rolecall.txntoken,
      dev.rolecall.verifier;
}
