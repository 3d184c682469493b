package dev.rolecall.stsemulator;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Generates ids, keys and tokens in AWS's forms. Safe for use by many threads. */
final class CredentialGenerator {

  private static final String ID_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  /** With its prefix, 800 characters: about what real ones take, so that size limits are felt. */
  private static final int TOKEN_BYTES = 588;

  private static final String TOKEN_PREFIX = "IQoJb3JpZ2luX2Vj";

  private final RandomGenerator random;

  CredentialGenerator(RandomGenerator random) {
    this.random = random;
  }

  /** Four letters that name the kind ({@code ASIA}, {@code AROA}), then random ones. */
  String id(String prefix, int length) {
    StringBuilder id = new StringBuilder(prefix);
    for (byte b : bytes(length - prefix.length())) {
      id.append(ID_ALPHABET.charAt(b & 31));
    }
    return id.toString();
  }

  String accessKeyId(boolean longTerm) {
    return id(longTerm ? "AKIA" : "ASIA", 20);
  }

  String uniqueId(PrincipalArn arn) {
    return id(arn.isRole() ? "AROA" : "AIDA", 21);
  }

  String secretAccessKey() {
    return Base64.getEncoder().encodeToString(bytes(30));
  }

  String sessionToken() {
    return TOKEN_PREFIX + Base64.getEncoder().encodeToString(bytes(TOKEN_BYTES));
  }

  String sessionName() {
    return id("session-", 16);
  }

  String requestId() {
    ByteBuffer bits = ByteBuffer.wrap(bytes(16));
    long version4 = (bits.getLong() & ~0xf000L) | 0x4000L;
    long variant2 = (bits.getLong() & ~(3L << 62)) | (2L << 62);
    return new UUID(version4, variant2).toString();
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    synchronized (random) {
      random.nextBytes(bytes);
    }
    return bytes;
  }
}
