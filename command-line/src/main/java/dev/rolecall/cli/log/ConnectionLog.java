package dev.rolecall.cli.log;

import dev.rolecall.cli.failure.Causes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * The log of connections that fail at a server: one line a minute at most, without a stack trace.
 * gRPC logs a stack trace for each, and strangers can cause as many as they like. Any thread may
 * log.
 */
final class ConnectionLog implements Filter {

  /** The logger of gRPC's that it stands before. */
  static final String LOGGER =
      "io.grpc.netty.shaded.io.grpc.netty.NettyServerTransport.connections";

  /** The logger of its own lines. */
  static final String OWN_LOGGER = "rolecall.connections";

  private static final Duration PERIOD = Duration.ofMinutes(1);
  private static final Logger LOG = Logger.getLogger(OWN_LOGGER);

  private final InstantSource clock;
  private final AtomicLong silentUntil = new AtomicLong(Long.MIN_VALUE);

  ConnectionLog(InstantSource clock) {
    this.clock = clock;
  }

  /** Replaces the record, if it is of a failure, by a line of its own now and then. */
  @Override
  public boolean isLoggable(LogRecord record) {
    if (record.getThrown() == null) {
      return true;
    }
    long now = clock.millis();
    long silent = silentUntil.get();
    if (now >= silent && silentUntil.compareAndSet(silent, now + PERIOD.toMillis())) {
      LOG.info(
          () ->
              "a connection failed: "
                  + words(record.getThrown())
                  + " (told once a minute, however many fail)");
    }
    return false;
  }

  /** Without what the client sent, which may be a secret. */
  private static String words(Throwable thrown) {
    return Causes.of(thrown)
        .flatMap(t -> kind(String.valueOf(t.getMessage())).stream())
        .findFirst()
        .orElse("it broke the rules of HTTP/2");
  }

  private static Optional<String> kind(String message) {
    if (message.startsWith(
        "HTTP/2 client preface string missing or corrupt. Hex dump for received bytes: 1603")) {
      return Optional.of("a client speaks TLS to this plaintext port");
    }
    if (message.startsWith("Unexpected HTTP/1.x request")) {
      return Optional.of("a client speaks HTTP/1; gRPC is HTTP/2");
    }
    return Optional.empty();
  }
}
