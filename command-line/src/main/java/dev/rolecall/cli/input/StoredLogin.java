package dev.rolecall.cli.input;

import static java.util.Objects.requireNonNull;

import dev.rolecall.tokencredentials.UserLogin;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A person's login as it is kept, but for its secret: the issuer, the client and the wish.
 *
 * @param issuer the issuer's identifier
 * @param clientId the public client
 * @param wish the token that is wished for
 * @param authorities certificates that alone are trusted at the issuer; empty for the JDK's
 */
public record StoredLogin(
    URI issuer, String clientId, UserLogin.Wish wish, Optional<Path> authorities) {

  private static final Pattern LOOPBACK =
      Pattern.compile("http://(localhost|127\\.\\d+\\.\\d+\\.\\d+|\\[::1])([:/].*)?");

  /** Checks that nothing is absent. */
  public StoredLogin {
    requireNonNull(issuer, "issuer");
    requireNonNull(clientId, "clientId");
    requireNonNull(wish, "wish");
    requireNonNull(authorities, "authorities");
  }

  /**
   * The login at the issuer; over plain http on loopback alone.
   *
   * @throws IllegalArgumentException if a value breaks its rule
   */
  public UserLogin login(Clock clock) {
    return LOOPBACK.matcher(issuer.toString().toLowerCase(Locale.ROOT)).matches()
        ? UserLogin.allowingPlaintextIssuerOnLoopback(issuer, clientId, wish, authorities, clock)
        : UserLogin.at(issuer, clientId, wish, authorities, clock);
  }
}
