package dev.rolecall.proxy.judge;

import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.access.scheme.CallerVerifier;
import dev.rolecall.access.scheme.ClientCertificate;
import dev.rolecall.access.scheme.Connection;
import dev.rolecall.access.scheme.Credential;
import dev.rolecall.access.scheme.Reading;
import dev.rolecall.access.scheme.Scheme;
import dev.rolecall.access.scheme.Verification;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.RefusalReason;
import java.security.cert.X509Certificate;
import java.util.Optional;

/** A scheme that takes the holder of that certificate for that caller. */
record HolderScheme(X509Certificate certificate, Caller caller) implements Scheme, CallerVerifier {

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
    if (!(credential instanceof ClientCertificate client)) {
      return Reading.notMine();
    }
    return client.leaf().equals(certificate)
        ? new Reading.Settled(new Verification.Verified(caller))
        : Reading.refused(RefusalReason.ISSUER_NOT_ALLOWED, Optional.empty());
  }

  @Override
  public void close() {}
}
