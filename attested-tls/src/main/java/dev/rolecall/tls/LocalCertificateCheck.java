package dev.rolecall.tls;

import static java.util.Objects.requireNonNull;

import io.grpc.Attributes;
import io.grpc.CallCredentials;
import io.grpc.Metadata;
import java.util.concurrent.Executor;

/**
 * What is left to do for each call where a certificate authority vouches for the server: see that
 * the client shows its newest attestation on each connection, and has one that is good.
 */
final class LocalCertificateCheck extends CallCredentials {

  private static final Metadata NOTHING = new Metadata();

  private final LocalCertificate own;
  private final PerConnection<Boolean> seen =
      new PerConnection<>(LocalCertificateCheck::firstSight);

  LocalCertificateCheck(LocalCertificate own) {
    this.own = requireNonNull(own, "own");
  }

  private static Boolean firstSight(Attributes transport) {
    TlsSessions.forget(transport);
    return true;
  }

  @Override
  public void applyRequestMetadata(
      RequestInfo call, Executor appExecutor, MetadataApplier applier) {
    try {
      seen.on(call.getTransportAttrs());
      if (own.isLapsed()) {
        applier.fail(ServerRefusal.ownLapsed());
      } else {
        applier.apply(NOTHING);
      }
    } catch (RuntimeException e) {
      // The contract wants an answer, not an exception.
      applier.fail(ServerRefusal.defect(e));
    }
  }

  @Override
  public String toString() {
    return "LocalCertificateCheck";
  }
}
