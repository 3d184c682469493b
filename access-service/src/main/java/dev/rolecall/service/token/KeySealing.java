package dev.rolecall.service.token;

/**
 * A seal for private keys: what the store keeps is of no use to one who reads the store alone. A
 * {@link SealingKeyFile} is one; a key management service can be another.
 *
 * <p>Each method may block, and runs on a thread that may wait. Safe for use by many threads.
 */
public interface KeySealing {

  /**
   * Makes the seal ready. Comes first, once.
   *
   * @param inUse whether the store has keys that were sealed: then a lost secret is an error, and
   *     no new one takes its place
   * @throws KeySealingException if the secret is not to be had, or is not kept as it must be
   */
  void open(boolean inUse);

  /**
   * Seals a private key.
   *
   * @param kid the id of the key, for which alone the seal opens
   * @param secret the private key; the caller erases it
   * @return printable ASCII
   * @throws KeySealingException if that cannot be done now
   */
  String seal(String kid, byte[] secret);

  /**
   * Opens a seal.
   *
   * @param kid the id of the key, as it was sealed
   * @return the private key; the caller erases it
   * @throws KeySealingException if it was sealed by another secret or for another id, if it has
   *     been changed, or if that cannot be done now
   */
  byte[] unseal(String kid, String sealed);
}
