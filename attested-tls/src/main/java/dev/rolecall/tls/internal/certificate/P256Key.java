package dev.rolecall.tls.internal.certificate;

import dev.rolecall.identity.BindingHash;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** A public key on P-256 as SubjectPublicKeyInfo writes it: named curve, point not compressed. */
public final class P256Key {

  /** All of it but the point's coordinates (RFC 5480, section 2). */
  private static final byte[] PREFIX =
      HexFormat.of().parseHex("3059301306072a8648ce3d020106082a8648ce3d03010703420004");

  private static final int LENGTH = 91;

  private final byte[] encoded;

  private P256Key(byte[] encoded) {
    this.encoded = encoded;
  }

  /** The key of that SubjectPublicKeyInfo; empty if it is another kind, curve or spelling. */
  public static Optional<P256Key> of(byte[] subjectPublicKeyInfo) {
    return subjectPublicKeyInfo.length == LENGTH
            && Arrays.mismatch(subjectPublicKeyInfo, PREFIX) == PREFIX.length
        ? Optional.of(new P256Key(subjectPublicKeyInfo.clone()))
        : Optional.empty();
  }

  /** The SubjectPublicKeyInfo. */
  public byte[] encoded() {
    return encoded.clone();
  }

  /** The hash that a proof for this key is bound to. */
  public BindingHash hash() {
    return BindingHash.of(encoded);
  }
}
