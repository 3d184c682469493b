package dev.rolecall.proxy.relay;

import dev.rolecall.identity.internal.Range;

/**
 * The sizes that a relay admits, from clients and from upstreams alike. A message is held whole, so
 * that a call takes up to two of the longest at a time.
 *
 * @param messageBytes the longest message, as it is on the wire: 1 KiB to 512 MiB
 * @param metadataBytes the most that the headers of a call may take: 4 KiB to 1 MiB
 */
public record RelayLimits(int messageBytes, int metadataBytes) {

  private static final int KIB = 1_024;
  private static final int MIB = KIB * KIB;
  private static final int DEFAULT_MESSAGE = 16 * MIB;
  private static final int LONGEST_MESSAGE = 512 * MIB;
  private static final int DEFAULT_METADATA = 32 * KIB;
  private static final int LEAST_METADATA = 4 * KIB;

  /**
   * Checks the bounds.
   *
   * @throws IllegalArgumentException if a value is out of its range
   */
  public RelayLimits {
    Range.check("message bytes", messageBytes, KIB, LONGEST_MESSAGE);
    Range.check("metadata bytes", metadataBytes, LEAST_METADATA, MIB);
  }

  /** Messages of 16 MiB, and metadata of 32 KiB. */
  public static RelayLimits ofDefaults() {
    return new RelayLimits(DEFAULT_MESSAGE, DEFAULT_METADATA);
  }

  /** The same with messages of that size. */
  public RelayLimits withMessageBytes(int bytes) {
    return new RelayLimits(bytes, metadataBytes);
  }

  /** The same with metadata of that size. */
  public RelayLimits withMetadataBytes(int bytes) {
    return new RelayLimits(messageBytes, bytes);
  }
}
