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
 * The server of one connection: what it has shown, and who it was found to be. Holds nothing of the
 * transport's, so that it dies with the transport.
 */
final class CheckedServer {

  private final @Nullable AttestedCertificate certificate;
  private final @Nullable Status refusal;
  private final String address;
  private volatile @Nullable Caller role;

  /** When its attestation lapses by elapsed time, in nanoseconds of the ticker. */
  private volatile long lapse;

  /** Once found to be over, it is: whatever the clock says later. */
  private volatile boolean lapsed;

  CheckedServer(Attributes transport) {
    PresentedCertificate shown = PresentedCertificate.on(transport);
    this.certificate =
        shown.<@Nullable AttestedCertificate>fold(
            attested -> attested, () -> null, invalid -> null);
    this.refusal =
        shown.<@Nullable Status>fold(
            attested -> null,
            () -> ServerRefusal.notAttested("a certificate"),
            invalid -> ServerRefusal.notAttested(invalid.rule()));
    this.address = Peer.of(transport).address();
  }

  /** What it has shown; null if that is nothing good, and {@link #refusal} says what. */
  @Nullable AttestedCertificate certificate() {
    return certificate;
  }

  /** What is wrong with what it has shown; null if nothing is. */
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

  /** The connection, as a verifier wants to know it. */
  Connection connection() {
    return Connection.withoutTls(address);
  }
}
