package dev.rolecall.proxy.relay;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.Range;
import java.time.Duration;
import java.util.Optional;

/**
 * The limits of what a relay takes. A message is held whole, so that a call takes up to two of the
 * longest at a time.
 *
 * @param messageBytes the longest message, as it is on the wire, from clients and from upstreams: 1
 *     KiB to 512 MiB
 * @param metadataBytes the most that the headers of a call may take, likewise: 4 KiB to 1 MiB
 * @param connectionAge the time after which a client is told to make a new connection, give or take
 *     a tenth: 10 seconds to a day. Its open calls go on. Clients then spread over the event loops
 *     again, and over the replicas behind a balancer of connections. Empty for no such time
 */
public record RelayLimits(int messageBytes, int metadataBytes, Optional<Duration> connectionAge) {

  private static final int KIB = 1_024;
  private static final int MIB = KIB * KIB;
  private static final int DEFAULT_MESSAGE = 16 * MIB;
  private static final int LONGEST_MESSAGE = 512 * MIB;
  private static final int DEFAULT_METADATA = 32 * KIB;
  private static final int LEAST_METADATA = 4 * KIB;
  private static final Duration LEAST_AGE = Duration.ofSeconds(10);
  private static final Duration LONGEST_AGE = Duration.ofDays(1);

  /**
   * Checks the bounds.
   *
   * @throws IllegalArgumentException if a value is out of its range
   */
  public RelayLimits {
    requireNonNull(connectionAge, "connectionAge");
    Range.check("message bytes", messageBytes, KIB, LONGEST_MESSAGE);
    Range.check("metadata bytes", metadataBytes, LEAST_METADATA, MIB);
    connectionAge.ifPresent(age -> Range.check("connection age", age, LEAST_AGE, LONGEST_AGE));
  }

  /** Messages of 16 MiB, metadata of 32 KiB, and connections of any age. */
  public static RelayLimits ofDefaults() {
    return new RelayLimits(DEFAULT_MESSAGE, DEFAULT_METADATA, Optional.empty());
  }

  /** The same with messages of that size. */
  public RelayLimits withMessageBytes(int bytes) {
    return new RelayLimits(bytes, metadataBytes, connectionAge);
  }

  /** The same with metadata of that size. */
  public RelayLimits withMetadataBytes(int bytes) {
    return new RelayLimits(messageBytes, bytes, connectionAge);
  }

  /** The same with connections that end after that time. */
  public RelayLimits withConnectionAge(Duration age) {
    return new RelayLimits(messageBytes, metadataBytes, Optional.of(age));
  }
}
