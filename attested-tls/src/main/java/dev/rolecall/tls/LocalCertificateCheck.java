package dev.rolecall.tls;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.WeakSlots;
import io.grpc.Attributes;
import io.grpc.CallCredentials;
import io.grpc.Metadata;
import java.util.concurrent.Executor;

/**
 * Checks this client's attestation for each call to a server that a certificate authority vouches
 * for: each connection presents the newest one, and calls fail once it has lapsed.
 */
final class LocalCertificateCheck extends CallCredentials {

  private static final Metadata NOTHING = new Metadata();

  /** The connections remembered; the sessions of others are forgotten once more. */
  private static final int CONNECTIONS = 64;

  private final LocalCertificate own;
  private final WeakSlots<Attributes, Boolean> seen = new WeakSlots<>(CONNECTIONS);

  LocalCertificateCheck(LocalCertificate own) {
    this.own = requireNonNull(own, "own");
  }

  @Override
  public void applyRequestMetadata(
      RequestInfo call, Executor appExecutor, MetadataApplier applier) {
    try {
      Attributes transport = call.getTransportAttrs();
      if (seen.get(transport) == null) {
        TlsSessions.forget(transport);
        seen.put(transport, true);
      }
      if (own.isLapsed()) {
        applier.fail(ServerRefusal.ownLapsed());
      } else {
        applier.apply(NOTHING);
      }
    } catch (RuntimeException | Error e) {
      // The contract wants an answer, not an exception.
      applier.fail(ServerRefusal.defect(e));
    }
  }

  @Override
  public String toString() {
    return "LocalCertificateCheck";
  }
}
