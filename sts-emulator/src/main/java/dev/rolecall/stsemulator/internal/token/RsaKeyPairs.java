package dev.rolecall.stsemulator.internal.token;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The RSA key pairs of this process. One takes some 100 ms to generate, and a test suite may start
 * an emulator for each test: so an emulator that closes leaves its pairs to the next one. Those
 * that run at the same time never share a key. Safe for use by many threads.
 */
final class RsaKeyPairs {

  private static final int BITS = 2_048;
  private static final ConcurrentLinkedQueue<KeyPair> FREE = new ConcurrentLinkedQueue<>();

  private RsaKeyPairs() {}

  /** A pair that no one else has, of 2,048 bits. */
  static KeyPair take() {
    KeyPair free = FREE.poll();
    return free == null ? generated() : free;
  }

  private static KeyPair generated() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(BITS);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK has no RSA", e);
    }
  }

  /** Leaves a pair to others; its former owner signs no more. */
  static void giveBack(KeyPair pair) {
    FREE.add(pair);
  }
}
