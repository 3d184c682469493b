package dev.rolecall.tokencredentials;

import dev.rolecall.renewal.Lifetime;
import dev.rolecall.tokencredentials.internal.JwtEnd;
import dev.rolecall.tokencredentials.internal.SecretFile;
import dev.rolecall.tokencredentials.internal.UnusableFileException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A file with a token that others replace, such as Kubernetes' projected service account token. A
 * JWT is read anew in its last minute, and not used in its last 30 seconds. A token that tells no
 * end is read anew each minute.
 *
 * @see <a href="https://github.com/grpc/proposal/blob/master/A97-xds-jwt-call-creds.md">gRFC
 *     A97</a>
 */
final class TokenFile implements TokenSource {

  private static final Duration LAST_MINUTE = Duration.ofMinutes(1);
  private static final Duration UNUSED = Duration.ofSeconds(30);
  private static final Duration UNTIL_NEXT_READ = Duration.ofSeconds(5);
  private static final Duration WITHOUT_END = Duration.ofMinutes(5);

  private final Path file;
  private final Clock clock;

  TokenFile(Path file, Clock clock) {
    this.file = file;
    this.clock = clock;
  }

  @Override
  public CompletionStage<AccessToken> token() throws IOException {
    String text = SecretFile.read(file);
    if (!AccessToken.isToken(text)) {
      throw new UnusableFileException(
          file,
          "not a token",
          "one token of RFC 6750 of at most " + AccessToken.MOST_CHARACTERS + " characters");
    }
    return CompletableFuture.completedFuture(
        AccessToken.of(text, lifetime(JwtEnd.of(text), clock.instant())));
  }

  private Lifetime lifetime(Optional<Instant> known, Instant now) {
    if (known.isEmpty()) {
      return Lifetime.of(now, now.plus(LAST_MINUTE), now.plus(WITHOUT_END));
    }
    Instant end = known.get();
    Instant expiredAt = end.minus(UNUSED);
    if (!expiredAt.isAfter(now)) {
      throw TokenFailure.passing(
          "the token in "
              + file
              + " ends at "
              + end
              + " (expected: more than 30 seconds from now); check what renews the file");
    }
    // In the last minute the file holds the same token for a while: it is not read by each call.
    Instant staleAt = later(end.minus(LAST_MINUTE), now.plus(UNTIL_NEXT_READ));
    return Lifetime.of(now, staleAt.isAfter(expiredAt) ? expiredAt : staleAt, expiredAt);
  }

  private static Instant later(Instant a, Instant b) {
    return a.isBefore(b) ? b : a;
  }

  @Override
  public String toString() {
    return "TokenFile[" + file + "]";
  }
}
