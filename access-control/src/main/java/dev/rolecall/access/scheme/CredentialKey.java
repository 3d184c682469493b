package dev.rolecall.access.scheme;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;

import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * The key of a credential in the caches: its whole text, compared in time that depends on its
 * length alone. The text is a secret; {@code toString} masks it.
 */
public final class CredentialKey {

  private final String text;
  private final int hash;
  private final int scheme;

  /**
   * A key.
   *
   * @param text the credential, in ISO 8859-1; no two of a scheme have the same
   * @param hash spreads credentials, at no cost: such as the hash of a signature within. A peer may
   *     choose it; the caches hold credentials by it only once an issuer has confirmed them
   */
  public CredentialKey(String text, int hash) {
    this(text, hash, 0);
  }

  private CredentialKey(String text, int hash, int scheme) {
    this.text = requireNonNull(text, "text");
    this.hash = hash;
    this.scheme = scheme;
  }

  /** The same of the scheme with that number: two schemes may give keys of one text. */
  public CredentialKey ofScheme(int number) {
    return number == scheme ? this : new CredentialKey(text, hash, number);
  }

  /** The number of its scheme among those that the engine accepts. */
  public int scheme() {
    return scheme;
  }

  /** The text. A secret. */
  public String text() {
    return text;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof CredentialKey that
            && hash == that.hash
            && scheme == that.scheme
            && MessageDigest.isEqual(text.getBytes(ISO_8859_1), that.text.getBytes(ISO_8859_1)));
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    return "CredentialKey[****]";
  }
}
