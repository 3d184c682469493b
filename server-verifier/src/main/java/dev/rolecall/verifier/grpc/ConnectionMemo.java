package dev.rolecall.verifier.grpc;

import dev.rolecall.identity.BindingHash;
import dev.rolecall.identity.Caller;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one connection has shown: its peer, the certificate it was shown, and the last few proofs
 * that were good on it. Most connections carry one proof for minutes; one behind a proxy carries
 * several.
 *
 * <p>Holds nothing of the transport's, so that it dies with the transport. A proof is compared by
 * {@code String.equals}: whoever could time that shares the connection the proof came in on.
 */
final class ConnectionMemo {

  static final int MAX_PROOFS = 4;

  private record Remembered(String authorization, Caller caller, long notAfterMillis) {}

  private static final Remembered[] NONE = {};

  private final Peer peer;
  private final Optional<BindingHash> certificate;
  private volatile Remembered[] proofs = NONE;

  /** Whom the connection's own certificate proved. It has one certificate for its whole life. */
  private volatile @Nullable Remembered attested;

  ConnectionMemo(Peer peer, Optional<BindingHash> certificate) {
    this.peer = peer;
    this.certificate = certificate;
  }

  /** The peer's address without its port; {@code unknown} where there is none. */
  String peer() {
    return peer.address();
  }

  /** Whom limits count its look-ups to. */
  String network() {
    return peer.network();
  }

  /** The hash of the server's leaf certificate on this connection; empty without TLS. */
  Optional<BindingHash> certificate() {
    return certificate;
  }

  /**
   * Who presented this whole value here before, if the proof in it has not lapsed.
   *
   * @param nowMillis the server's clock
   */
  @Nullable Caller callerOf(String authorization, long nowMillis) {
    for (Remembered each : proofs) {
      if (each.authorization.equals(authorization)) {
        return nowMillis <= each.notAfterMillis ? each.caller : null;
      }
    }
    return null;
  }

  /**
   * Whom the connection's own certificate proved, if the proof in it has not lapsed.
   *
   * @param nowMillis the server's clock
   */
  @Nullable Caller attestedCaller(long nowMillis) {
    Remembered known = attested;
    return known != null && nowMillis <= known.notAfterMillis ? known.caller : null;
  }

  /** Remembers whom the connection's own certificate proved. */
  void rememberAttested(Caller caller) {
    attested = new Remembered("", caller, millis(caller.notAfter()));
  }

  /** Remembers a proof that was found good on this connection, in the place of the oldest. */
  synchronized void remember(String authorization, Caller caller) {
    Remembered[] old = proofs;
    for (Remembered each : old) {
      if (each.authorization.equals(authorization)) {
        return;
      }
    }
    Remembered[] updated = new Remembered[Math.min(old.length + 1, MAX_PROOFS)];
    updated[0] = new Remembered(authorization, caller, millis(caller.notAfter()));
    System.arraycopy(old, 0, updated, 1, updated.length - 1);
    proofs = updated;
  }

  private static long millis(Instant instant) {
    return instant.toEpochMilli();
  }
}
