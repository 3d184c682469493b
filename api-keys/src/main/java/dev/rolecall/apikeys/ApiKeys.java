package dev.rolecall.apikeys;

import dev.rolecall.access.internal.metrics.SupervisedTask;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.access.scheme.CallerVerifier;
import dev.rolecall.access.scheme.Scheme;
import dev.rolecall.identity.internal.PeriodicChecks;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;

/**
 * The scheme that recognises API keys by a file of their hashes, which {@link KeyFile} writes. The
 * file must be good when a server starts. Later it is checked every five seconds. A change is in
 * force once two checks in a row find the same; what is no file of keys, or is gone, is logged, and
 * the last good keys stay in force.
 *
 * <p>A key that is disabled, removed or shortened in the file is withdrawn: its next call is
 * refused on every connection, and its live calls are ended, as {@code CREDENTIAL_INACTIVE}.
 *
 * <p>A key is a bearer secret, so it is refused on a connection without TLS, as {@code
 * BINDING_REQUIRED}. Only TLS that ends at this server is seen. One key file serves one guard: a
 * second scheme of this kind is never asked.
 *
 * <p>Not safe for use by several threads at once.
 */
public final class ApiKeys implements Scheme {

  private static final String THREAD = "rolecall-key-file";

  private final KeyFile file;
  private PeriodicChecks checks = PeriodicChecks.named(THREAD);
  private boolean acceptedWithoutTls;

  private ApiKeys(Path path) {
    this.file = KeyFile.at(path);
  }

  /**
   * The keys of that file. It is read when a verifier is made of these settings, and followed from
   * then on, by a daemon thread of each verifier.
   */
  public static ApiKeys follow(Path path) {
    return new ApiKeys(path);
  }

  /**
   * Sets the time between two checks of the file: 100 ms to a day, five seconds by default. A
   * change is in force after two checks.
   *
   * @throws IllegalArgumentException if it is shorter or longer
   */
  public ApiKeys period(Duration period) {
    this.checks = checks.period(period);
    return this;
  }

  /** Sets the executor of the checks, which block on the file. By default it is a daemon thread. */
  public ApiKeys executor(ScheduledExecutorService executor) {
    this.checks = checks.executor(executor);
    return this;
  }

  /**
   * Accepts keys on connections without TLS too. Anyone on the way can read them and use them for
   * as long as they live. For a server that only a proxy on the same machine can reach, where the
   * proxy ends TLS; and for tests on the loopback.
   */
  public ApiKeys acceptKeysOnConnectionsWithoutTls() {
    this.acceptedWithoutTls = true;
    return this;
  }

  /**
   * Checks the file. Blocks on it.
   *
   * @throws KeyFileException if the file cannot be read or is no file of API keys
   */
  @Override
  public void check(Clock clock) {
    file.read(clock.instant());
  }

  /**
   * A verifier that has read the file, and follows it until it is closed. Blocks on the file.
   *
   * @throws KeyFileException if the file cannot be read or is no file of API keys
   */
  @Override
  public CallerVerifier verifier(AccessRuntime runtime) {
    runtime.supervising(SupervisedTask.KEY_FILE);
    CurrentKeys keys = new CurrentKeys(file, runtime);
    Runnable stop = checks.start(runtime.supervisor(), SupervisedTask.KEY_FILE.label(), keys::look);
    return new ApiKeyVerifier(keys, runtime.clock(), acceptedWithoutTls, stop);
  }
}
