package dev.rolecall.service.token;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A secret of 32 bytes that seals by AES-256-GCM (NIST SP 800-38D). A sealed text is {@code
 * v1.{id}.{nonce and ciphertext in base64url}}, and the key's id is authenticated with it. The id
 * of the secret tells a wrong secret from a damaged text. No record: it is a secret.
 *
 * <p>A nonce is random, of 96 bits. A secret seals some hundred keys in its life, and could seal
 * 2^32.
 */
final class SealingSecret {

  static final int BYTES = 32;

  private static final String VERSION = "v1";
  private static final byte[] ID_LABEL = "rolecall sealing key id\n".getBytes(UTF_8);
  private static final String SEAL_LABEL = "rolecall signing key v1\n";
  private static final int ID_BYTES = 8;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final SecretKeySpec key;
  private final String id;
  private final SecureRandom random;

  /** The secret of those bytes, which are copied. */
  SealingSecret(byte[] secret, SecureRandom random) {
    this.key = new SecretKeySpec(secret, "AES");
    this.id = id(secret);
    this.random = random;
  }

  private static String id(byte[] secret) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(ID_LABEL);
      return HexFormat.of().formatHex(Arrays.copyOf(digest.digest(secret), ID_BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  /** The name of the secret, from which nothing of it follows: 16 hexadecimal digits. */
  String id() {
    return id;
  }

  String seal(String kid, byte[] plain) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      byte[] cipherText = cipher(Cipher.ENCRYPT_MODE, kid, nonce).doFinal(plain);
      byte[] both = Arrays.copyOf(nonce, NONCE_BYTES + cipherText.length);
      System.arraycopy(cipherText, 0, both, NONCE_BYTES, cipherText.length);
      return VERSION
          + "."
          + id
          + "."
          + Base64.getUrlEncoder().withoutPadding().encodeToString(both);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES-256-GCM", e);
    }
  }

  /**
   * Opens a sealed text.
   *
   * @throws KeySealingException if another secret sealed it, or it is not as it was sealed
   */
  byte[] unseal(String kid, String sealed) {
    String[] parts = sealed.split("\\.", -1);
    if (parts.length != 3 || !parts[0].equals(VERSION)) {
      throw wrong(kid, "sealed in a way that this version does not know", "a text of " + VERSION);
    }
    if (!parts[1].equals(id)) {
      throw wrong(
          kid,
          "sealed by another key file, whose id is " + id(parts[1]) + "; this one's is " + id,
          "the file that sealed it: bring that file back");
    }
    try {
      byte[] both = Base64.getUrlDecoder().decode(parts[2]);
      if (both.length <= NONCE_BYTES) {
        throw damaged(kid);
      }
      byte[] nonce = Arrays.copyOf(both, NONCE_BYTES);
      return cipher(Cipher.DECRYPT_MODE, kid, nonce)
          .doFinal(both, NONCE_BYTES, both.length - NONCE_BYTES);
    } catch (IllegalArgumentException | AEADBadTagException e) {
      // No cause: it could quote the text.
      throw damaged(kid);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES-256-GCM", e);
    }
  }

  /** What stands for an id in the text; the store's text is not to be trusted with the log. */
  private static String id(String part) {
    return part.matches("[0-9a-f]{16}") ? part : "unreadable";
  }

  private Cipher cipher(int mode, String kid, byte[] nonce) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD((SEAL_LABEL + kid).getBytes(UTF_8));
    return cipher;
  }

  private static KeySealingException damaged(String kid) {
    return wrong(kid, "its sealed private part has been changed", "the text as it was sealed");
  }

  private static KeySealingException wrong(String kid, String what, String expected) {
    return new KeySealingException(
        "signing key " + kid + ": " + what + " (expected: " + expected + ")", false);
  }

  @Override
  public String toString() {
    return "SealingSecret[id=" + id + ", ****]";
  }
}
