package dev.rolecall.grants.client;

import dev.rolecall.grants.token.GrantTokenClaims;
import dev.rolecall.grants.v1.GrantToken;
import io.grpc.Metadata;
import java.time.Duration;
import java.time.Instant;

/** A grant token that is put on calls. No record: it holds a secret. */
final class HeldToken {

  private static final Metadata.Key<String> HEADER =
      Metadata.Key.of(GrantTokenClaims.HEADER, Metadata.ASCII_STRING_MARSHALLER);

  private final Metadata metadata;
  private final long renewAt;
  private final long endsAt;

  private HeldToken(Metadata metadata, long renewAt, long endsAt) {
    this.metadata = metadata;
    this.renewAt = renewAt;
    this.endsAt = endsAt;
  }

  /** The token, which is renewed once half of its life is over, and used to its end. */
  static HeldToken of(GrantToken token, Instant now, long ticks) {
    Metadata metadata = new Metadata();
    metadata.put(HEADER, token.getToken());
    // Whole seconds: a token's end has no more.
    Instant end = Instant.ofEpochSecond(token.getExpiresAt().getSeconds());
    Duration left = Duration.between(now, end);
    Duration life =
        left.compareTo(GrantTokenClaims.LONGEST_LIFE) > 0 ? GrantTokenClaims.LONGEST_LIFE : left;
    return new HeldToken(metadata, ticks + life.toNanos() / 2, ticks + life.toNanos());
  }

  /** The headers that carry it: made once, for all calls. */
  Metadata metadata() {
    return metadata;
  }

  boolean isFresh(long ticks) {
    return ticks - renewAt < 0;
  }

  boolean isUsable(long ticks) {
    return ticks - endsAt < 0;
  }

  @Override
  public String toString() {
    return "HeldToken[****]";
  }
}
