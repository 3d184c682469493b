package dev.rolecall.txntoken;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.internal.metrics.SupervisedTask;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.access.runtime.RetryAfter;
import dev.rolecall.identity.internal.PeriodicChecks;
import dev.rolecall.jwt.key.KeySet;
import dev.rolecall.txntoken.internal.keys.FetchedKeys;
import dev.rolecall.txntoken.internal.keys.KeyFetch;
import dev.rolecall.txntoken.internal.keys.KeySetFile;
import dev.rolecall.txntoken.internal.keys.KeyUrl;
import dev.rolecall.txntoken.internal.keys.KnownKeys;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * The settings of the public keys that verify transaction tokens: those that the proxies publish.
 * Keys of ES256, RS256 and EdDSA are used. Immutable.
 */
public abstract sealed class TrustedKeys {

  private static final String THREAD = "rolecall-txn-keys";

  private TrustedKeys() {}

  /** The keys, from now on. Blocks on a file, and on no network. */
  abstract KnownKeys open(AccessRuntime runtime);

  /**
   * The keys of a file: a JSON Web Key Set (RFC 7517). The file must be good at the start. Later it
   * is checked every five seconds; a change is in force once two checks in a row find the same.
   * What is no key set, or is gone, is logged, and the last good keys stay in force.
   */
  public static TrustedKeys file(Path file) {
    return new InFile(requireNonNull(file, "file"), PeriodicChecks.named(THREAD));
  }

  /**
   * The same with that time between two checks: 100 ms to a day.
   *
   * @throws IllegalArgumentException if it is shorter or longer
   */
  public static TrustedKeys file(Path file, Duration period) {
    return new InFile(requireNonNull(file, "file"), PeriodicChecks.named(THREAD).period(period));
  }

  /**
   * The keys that an HTTP server has: a JSON Web Key Set (RFC 7517) of at most 256 KiB. They are
   * fetched in the background every five minutes, and for a token with an unknown key at most every
   * five seconds. A redirect is a failure. After a failure the last good keys stay in force for 24
   * hours. Until the first answer, callers are not refused but unavailable.
   *
   * @param url https, or http to this machine alone; without user information and fragment
   * @throws IllegalArgumentException if the URL breaks the rule
   */
  public static TrustedKeys url(URI url) {
    return new AtUrl(KeyUrl.check(url), Optional.empty());
  }

  /** The same, with the trust of that context in place of the JVM's certificate authorities. */
  public static TrustedKeys url(URI url, SSLContext trust) {
    return new AtUrl(KeyUrl.check(url), Optional.of(trust));
  }

  /**
   * Those keys and no others, for as long as the server runs.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static TrustedKeys of(KeySet keys) {
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("keys: none (expected: at least one)");
    }
    return new Given(keys);
  }

  private static final class InFile extends TrustedKeys {

    private final Path file;
    private final PeriodicChecks checks;

    InFile(Path file, PeriodicChecks checks) {
      this.file = file;
      this.checks = checks;
    }

    @Override
    KnownKeys open(AccessRuntime runtime) {
      KeySetFile keys = new KeySetFile(file);
      runtime.supervising(SupervisedTask.KEY_RING);
      Runnable stop =
          checks.start(runtime.supervisor(), SupervisedTask.KEY_RING.label(), keys::look);
      return new Followed(keys, new RetryAfter(runtime.random()), stop);
    }
  }

  private record Followed(KeySetFile keys, RetryAfter retry, Runnable stop) implements KnownKeys {

    @Override
    public Optional<KeySet> current() {
      return Optional.of(keys.get());
    }

    @Override
    public boolean isMissing(String kid) {
      return true;
    }

    @Override
    public Duration retryAfter() {
      return retry.soon();
    }

    @Override
    public void close() {
      stop.run();
    }
  }

  private static final class AtUrl extends TrustedKeys {

    private final URI url;
    private final Optional<SSLContext> trust;

    AtUrl(URI url, Optional<SSLContext> trust) {
      this.url = url;
      this.trust = trust;
    }

    @Override
    KnownKeys open(AccessRuntime runtime) {
      FetchedKeys keys = new FetchedKeys(KeyFetch.of(url, trust, runtime), runtime);
      runtime.supervising(SupervisedTask.KEY_RING);
      keys.start();
      return keys;
    }
  }

  private static final class Given extends TrustedKeys {

    private final KeySet keys;

    Given(KeySet keys) {
      this.keys = keys;
    }

    @Override
    KnownKeys open(AccessRuntime runtime) {
      return new KnownKeys() {
        @Override
        public Optional<KeySet> current() {
          return Optional.of(keys);
        }

        @Override
        public boolean isMissing(String kid) {
          return true;
        }

        @Override
        public Duration retryAfter() {
          return new RetryAfter(runtime.random()).soon();
        }

        @Override
        public void close() {}
      };
    }
  }
}
