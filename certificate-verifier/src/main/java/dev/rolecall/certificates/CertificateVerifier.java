package dev.rolecall.certificates;

import static java.util.stream.Collectors.joining;

import dev.rolecall.access.internal.metrics.SupervisedTask;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.access.scheme.CallerVerifier;
import dev.rolecall.access.scheme.Scheme;
import dev.rolecall.identity.IssuerAlias;
import dev.rolecall.identity.internal.PeriodicChecks;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Collectors;

/**
 * The scheme that recognises clients by the certificate of their TLS connection: a SPIFFE ID, else
 * a DNS name, that one of the given authorities vouches for. The common name is never read.
 *
 * <p>The server's TLS must ask clients for a certificate. The scheme trusts it for one thing: that
 * the client holds the certificate's key. The chain is verified here, against the authorities of
 * this scheme alone, within the limits that their own certificates state. Revocation lists are not
 * read: give certificates short lives, and end a caller's access by the policy.
 *
 * <p>The files of the authorities must be good when a server starts. Later they are checked every
 * five seconds. A change is in force once two checks in a row find the same; what is no bundle is
 * logged, and the last good one stays in force. Clients of a certificate that was removed are
 * withdrawn: their live calls are ended, as {@code CREDENTIAL_INACTIVE}.
 *
 * <p>Not safe for use by several threads at once.
 *
 * @see <a href="https://github.com/spiffe/spiffe/blob/main/standards/X509-SVID.md">X509-SVID</a>
 */
public final class CertificateVerifier implements Scheme {

  private static final String THREAD = "rolecall-client-ca";

  private final List<CertificateAuthority> authorities;
  private PeriodicChecks checks = PeriodicChecks.named(THREAD);

  private CertificateVerifier(List<CertificateAuthority> authorities) {
    this.authorities = List.copyOf(authorities);
    if (authorities.isEmpty()) {
      throw new IllegalArgumentException("authorities: none (expected: at least one)");
    }
    refuseTwice("alias", authorities.stream().map(CertificateAuthority::alias).toList());
    refuseTwice(
        "trust domain", authorities.stream().flatMap(each -> each.trustDomain().stream()).toList());
  }

  /** A trust domain of two authorities would let one speak for the other's workloads. */
  private static void refuseTwice(String what, List<?> values) {
    Set<Object> seen = new HashSet<>();
    String twice =
        values.stream()
            .filter(value -> !seen.add(value))
            .map(String::valueOf)
            .collect(joining(", "));
    if (!twice.isEmpty()) {
      throw new IllegalArgumentException(
          what + ": " + twice + " of two authorities (expected: each " + what + " once)");
    }
  }

  /**
   * A verifier of the clients of those authorities.
   *
   * @throws IllegalArgumentException if there is none, or two have one alias or one trust domain
   */
  public static CertificateVerifier of(CertificateAuthority... authorities) {
    return of(List.of(authorities));
  }

  /**
   * The same for a list.
   *
   * @throws IllegalArgumentException if there is none, or two have one alias or one trust domain
   */
  public static CertificateVerifier of(List<CertificateAuthority> authorities) {
    return new CertificateVerifier(authorities);
  }

  /**
   * Sets the time between two checks of the files: 100 ms to a day, five seconds by default. A
   * change is in force after two checks.
   *
   * @throws IllegalArgumentException if it is shorter or longer
   */
  public CertificateVerifier period(Duration period) {
    this.checks = checks.period(period);
    return this;
  }

  /** Sets the executor of the checks, which block on files. By default it is a daemon thread. */
  public CertificateVerifier executor(ScheduledExecutorService executor) {
    this.checks = checks.executor(executor);
    return this;
  }

  /** The names that policies call its authorities by. */
  @Override
  public Set<IssuerAlias> aliases() {
    return authorities.stream()
        .map(CertificateAuthority::alias)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The trust domains whose SPIFFE IDs its authorities may vouch for. */
  @Override
  public Map<String, IssuerAlias> trustDomains() {
    return authorities.stream()
        .filter(each -> each.trustDomain().isPresent())
        .collect(
            Collectors.toUnmodifiableMap(
                each -> each.trustDomain().orElseThrow(), CertificateAuthority::alias));
  }

  @Override
  public boolean readsClientCertificates() {
    return true;
  }

  /**
   * Checks the files. Blocks on them.
   *
   * @throws IllegalArgumentException if a file cannot be read or is no bundle, or two authorities
   *     have one certificate
   */
  @Override
  public void check(Clock clock) {
    var unused = CurrentBundles.read(authorities);
  }

  /**
   * A verifier that has read the files, and follows them until it is closed. Blocks on the files.
   *
   * @throws IllegalArgumentException if a file cannot be read or is no bundle, or two authorities
   *     have one certificate
   */
  @Override
  public CallerVerifier verifier(AccessRuntime runtime) {
    runtime.supervising(SupervisedTask.CLIENT_CA);
    CurrentBundles bundles = new CurrentBundles(authorities, runtime);
    Runnable stop =
        checks.start(runtime.supervisor(), SupervisedTask.CLIENT_CA.label(), bundles::look);
    return new ClientCertificateVerifier(bundles, runtime.clock(), stop);
  }
}
