package dev.rolecall.apikeys;

import dev.rolecall.identity.internal.Alphabet;
import dev.rolecall.identity.internal.InvalidValue;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The SHA-256 of a key's secret, all that is stored of it. It opens nothing and still has no place
 * in a log: {@code toString} masks it. Compared in constant time.
 */
public final class SecretHash {

  static final String RULE = "64 characters of 0-9 a-f";

  /** A hash that no secret is known for, to compare with where an id is unknown. */
  static final SecretHash DUMMY = new SecretHash(new byte[32]);

  private static final int HEX = 64;

  private final byte[] sha256;

  private SecretHash(byte[] sha256) {
    this.sha256 = sha256;
  }

  static SecretHash of(byte[] secret) {
    return new SecretHash(sha256().digest(secret));
  }

  /**
   * The hash of that text.
   *
   * @throws IllegalArgumentException if it is no hash; the message does not quote it
   */
  static SecretHash parse(String text) {
    if (!Alphabet.LOWER_HEX.spells(text, HEX, HEX)) {
      throw InvalidValue.of("sha256", "not a hash", RULE);
    }
    return new SecretHash(HexFormat.of().parseHex(text));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  /** The text for the file. */
  String hex() {
    return HexFormat.of().formatHex(sha256);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SecretHash that && MessageDigest.isEqual(sha256, that.sha256);
  }

  @Override
  public int hashCode() {
    return sha256[0];
  }

  @Override
  public String toString() {
    return "SecretHash[****]";
  }
}
