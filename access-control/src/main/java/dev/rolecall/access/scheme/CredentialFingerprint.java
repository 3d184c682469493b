package dev.rolecall.access.scheme;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.InvalidValue;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The start of a credential's SHA-256: the same credential has the same one wherever it is
 * presented, and cannot be made of it. So records may hold it.
 *
 * @param value 16 hexadecimal digits
 */
public record CredentialFingerprint(String value) {

  private static final int BYTES = 8;
  private static final Pattern FORM = Pattern.compile("[0-9a-f]{16}");

  /** Checks the form. */
  public CredentialFingerprint {
    requireNonNull(value, "value");
    if (!FORM.matcher(value).matches()) {
      throw InvalidValue.of("fingerprint", "as given", "16 hexadecimal digits");
    }
  }

  /**
   * The fingerprint of that credential: of the whole value of a call's {@code authorization}
   * metadata, or of a certificate's public key. Empty for no credential and for one that is
   * unusable.
   */
  public static Optional<CredentialFingerprint> of(Credential credential) {
    if (credential instanceof Credential.Header header) {
      return Optional.of(ofHash(sha256(header.value())));
    }
    if (credential instanceof Credential.PeerCertificate certificate) {
      return Optional.of(ofHash(Base64.getUrlDecoder().decode(certificate.key().value())));
    }
    return Optional.empty();
  }

  private static CredentialFingerprint ofHash(byte[] hash) {
    return new CredentialFingerprint(HexFormat.of().formatHex(hash, 0, BYTES));
  }

  private static byte[] sha256(byte[] value) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(value);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }
}
