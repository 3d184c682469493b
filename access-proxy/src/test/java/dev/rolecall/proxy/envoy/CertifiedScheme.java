package dev.rolecall.proxy.envoy;

import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.access.scheme.CallerVerifier;
import dev.rolecall.access.scheme.ClientCertificate;
import dev.rolecall.access.scheme.Connection;
import dev.rolecall.access.scheme.Credential;
import dev.rolecall.access.scheme.Reading;
import dev.rolecall.access.scheme.Scheme;
import dev.rolecall.access.scheme.Verification;
import dev.rolecall.identity.Caller;

/** A scheme that takes the holder of any client certificate for one caller. */
record CertifiedScheme(Caller caller) implements Scheme, CallerVerifier {

  @Override
  public boolean readsClientCertificates() {
    return true;
  }

  @Override
  public CallerVerifier verifier(AccessRuntime runtime) {
    return this;
  }

  @Override
  public Reading read(Credential credential, Connection connection) {
    return credential instanceof ClientCertificate
        ? new Reading.Settled(new Verification.Verified(caller))
        : Reading.notMine();
  }

  @Override
  public void close() {}
}
