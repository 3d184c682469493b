package dev.rolecall.verifier.grpc;

import dev.rolecall.identity.BindingHash;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one connection has shown: its peer, the certificate it was shown, and the last few proofs
 * that were good on it. Most connections carry one proof for minutes; one behind a proxy carries
 * several.
 *
 * <p>Holds nothing of the transport's, so that it dies with the transport. A proof is compared by
 * {@code Arrays.equals}: whoever could time that shares the connection the proof came in on. As a
 * rule it is the very array that was remembered, which HPACK's table gave out again.
 */
final class ConnectionMemo {

  static final int MAX_PROOFS = 4;

  /** A plain class: a record would print the proof, and compare it by identity. */
  private static final class Remembered {

    final byte[] authorization;
    final KnownCaller caller;

    Remembered(byte[] authorization, KnownCaller caller) {
      this.authorization = authorization;
      this.caller = caller;
    }

    boolean isOf(byte[] presented) {
      return authorization == presented || Arrays.equals(authorization, presented);
    }
  }

  private static final Remembered[] NONE = {};

  private final Peer peer;
  private final Optional<BindingHash> certificate;
  private volatile Remembered[] proofs = NONE;

  /** Whom the connection's own certificate proved. It has one certificate for its whole life. */
  private volatile @Nullable KnownCaller attested;

  ConnectionMemo(Peer peer, Optional<BindingHash> certificate) {
    this.peer = peer;
    this.certificate = certificate;
  }

  /** The peer's address without its port; {@code unknown} where there is none. */
  String peer() {
    return peer.address();
  }

  /** The hash of the server's leaf certificate on this connection; empty without TLS. */
  Optional<BindingHash> certificate() {
    return certificate;
  }

  /** Who presented this whole value here before, be the proof in it good still or not. */
  @Nullable KnownCaller callerOf(byte[] authorization) {
    for (Remembered each : proofs) {
      if (each.isOf(authorization)) {
        return each.caller;
      }
    }
    return null;
  }

  /** Whom the connection's own certificate proved, be the proof in it good still or not. */
  @Nullable KnownCaller attestedCaller() {
    return attested;
  }

  /**
   * Remembers whom the connection's own certificate proved.
   *
   * @return what was remembered first: a certificate that has lapsed is not good again
   */
  synchronized KnownCaller rememberAttested(KnownCaller known) {
    KnownCaller first = attested;
    if (first == null) {
      attested = known;
      return known;
    }
    return first;
  }

  /**
   * Remembers a proof that was found good on this connection, in the place of the oldest.
   *
   * @return what was remembered of it first: a proof that has lapsed is not good again
   * @param authorization not copied: nobody may write to it
   */
  synchronized KnownCaller remember(byte[] authorization, KnownCaller known) {
    Remembered[] old = proofs;
    for (Remembered each : old) {
      if (each.isOf(authorization)) {
        return each.caller;
      }
    }
    Remembered[] updated = new Remembered[Math.min(old.length + 1, MAX_PROOFS)];
    updated[0] = new Remembered(authorization, known);
    System.arraycopy(old, 0, updated, 1, updated.length - 1);
    proofs = updated;
    return known;
  }
}
