package dev.rolecall.grants;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.grant.GrantSource;
import dev.rolecall.access.grant.Grants;
import dev.rolecall.access.internal.metrics.SupervisedTask;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.identity.internal.PeriodicChecks;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Grant tokens alone, as the source of a server's grants: for a server that cannot reach the access
 * service. A call must bring the token in the header {@code rolecall-grant}, beside the credential
 * of the holder that the token names.
 *
 * <p>Such a server hears of no revocation and no lock: a revoked grant, and a locked caller, can be
 * served to the end of a token, five minutes at most. A server that can follow a {@link GrantFeed}
 * should. Tokens are dated by the service's clock and held against this server's, so the two clocks
 * must agree; a token counts 30 s before its date, and not at all after its end.
 *
 * <p>Not safe for use by several threads at once.
 */
public final class GrantTokens implements GrantSource {

  private static final String THREAD = "rolecall-grant-keys";

  private final Path keys;
  private final String issuer;
  private PeriodicChecks checks = PeriodicChecks.named(THREAD);

  private GrantTokens(Path keys, String issuer) {
    this.keys = keys;
    this.issuer = issuer;
  }

  /**
   * The tokens of that access service, verified with the keys in that file: a JSON Web Key Set (RFC
   * 7517), as the service's {@code GetSigningKeys} has it. The file is followed: it must have the
   * next key before the service signs with it, which is ten minutes after it is published.
   *
   * @param issuer the name of the service, which each token must state as {@code iss}
   * @throws IllegalArgumentException if the name is empty
   */
  public static GrantTokens keysFile(Path keys, String issuer) {
    requireNonNull(keys, "keys");
    if (issuer.isEmpty()) {
      throw new IllegalArgumentException("issuer: empty (expected: the access service's name)");
    }
    return new GrantTokens(keys, issuer);
  }

  /**
   * Sets the time between two checks of the file: 100 ms to a day, five seconds by default. A
   * change is in force after two checks.
   *
   * @throws IllegalArgumentException if it is shorter or longer
   */
  public GrantTokens period(Duration period) {
    this.checks = checks.period(period);
    return this;
  }

  /**
   * {@inheritDoc}
   *
   * <p>Blocks on the file.
   *
   * @throws IllegalArgumentException if the file cannot be read, or is no key set with a usable key
   */
  @Override
  public Grants open(AccessRuntime runtime) {
    runtime.supervising(SupervisedTask.GRANT_FEED);
    TokenKeys followed = new TokenKeys(keys);
    TokenGrants grants = new TokenGrants(followed, issuer, runtime);
    Runnable stop =
        checks.start(
            runtime.supervisor(),
            SupervisedTask.GRANT_FEED.label(),
            () -> followed.look(grants::changed));
    return grants.closing(stop);
  }
}
