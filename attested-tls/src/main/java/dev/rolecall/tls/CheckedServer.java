package dev.rolecall.tls;

import dev.rolecall.access.scheme.Connection;
import dev.rolecall.guard.Peer;
import dev.rolecall.identity.Caller;
import dev.rolecall.tls.certificate.AttestedCertificate;
import io.grpc.Attributes;
import io.grpc.Status;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The server of one connection: the certificate that it presented, and the role that it was found
 * to have. Holds nothing of the transport's, so that it dies with the transport.
 */
final class CheckedServer {

  private final @Nullable AttestedCertificate certificate;
  private final @Nullable Status refusal;
  private final String address;
  private volatile @Nullable Caller role;

  /** The end of its attestation by elapsed time, in nanoseconds of the ticker. */
  private volatile long lapse;

  /** Never false again, though the clock be set back. */
  private volatile boolean lapsed;

  CheckedServer(Attributes transport) {
    PresentedCertificate presented = PresentedCertificate.on(transport);
    this.certificate =
        presented.<@Nullable AttestedCertificate>fold(
            attested -> attested, () -> null, invalid -> null);
    this.refusal =
        presented.<@Nullable Status>fold(
            attested -> null,
            () -> ServerRefusal.notAttested("a certificate"),
            invalid -> ServerRefusal.notAttested(invalid.rule()));
    this.address = Peer.of(transport).address();
  }

  /**
   * The certificate that it presented; null if it is not attested, and {@link #refusal} says why.
   */
  @Nullable AttestedCertificate certificate() {
    return certificate;
  }

  /** The status of its calls if it is not attested; null if it is. */
  @Nullable Status refusal() {
    return refusal;
  }

  /**
   * Whether it was found to have an expected role, and its attestation has not lapsed, as either
   * the clock or elapsed time has it.
   */
  boolean isGoodAt(Instant now, long nanos) {
    Caller known = role;
    if (known == null) {
      return false;
    }
    if (now.isAfter(known.notAfter()) || nanos - lapse > 0) {
      lapsed = true;
    }
    return !lapsed;
  }

  /** Whether its attestation was found to have lapsed: it is not good again. */
  boolean hasLapsed() {
    return lapsed;
  }

  /** Notes that it has an expected role. */
  void found(Caller expected, Instant now, long nanos) {
    lapse = nanos + Duration.between(now, expected.notAfter()).toNanos();
    role = expected;
  }

  /** The connection, as verifiers need to know it. */
  Connection connection() {
    return Connection.withoutTls(address);
  }
}
