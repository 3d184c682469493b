package dev.rolecall.tokens.internal.introspection;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.Range;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The settings by which an issuer is asked about opaque tokens.
 *
 * @param endpoint the introspection endpoint
 * @param clientFile two lines: this server's client id and its secret; read for each request
 * @param again after how long it is asked again about a token: 1 second to 1 hour
 * @param audienceMayBeAbsent whether a token without {@code aud} is accepted
 */
public record IntrospectionSettings(
    URI endpoint, Path clientFile, Duration again, boolean audienceMayBeAbsent) {

  private static final Duration LEAST = Duration.ofSeconds(1);
  private static final Duration USUAL = Duration.ofSeconds(60);
  private static final Duration MOST = Duration.ofHours(1);

  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if {@code again} lies outside it
   */
  public IntrospectionSettings {
    requireNonNull(endpoint, "endpoint");
    requireNonNull(clientFile, "clientFile");
    Range.check("introspectAgainAfter", again, LEAST, MOST);
  }

  /** Asked again after a minute, with {@code aud} required. */
  public static IntrospectionSettings of(URI endpoint, Path clientFile) {
    return new IntrospectionSettings(endpoint, clientFile, USUAL, false);
  }

  /** The same, asked again after that time. */
  public IntrospectionSettings withAgain(Duration time) {
    return new IntrospectionSettings(endpoint, clientFile, time, audienceMayBeAbsent);
  }

  /** The same, with tokens without an audience. */
  public IntrospectionSettings withoutAudience() {
    return new IntrospectionSettings(endpoint, clientFile, again, true);
  }
}
