package dev.rolecall.policy.document;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.IssuerAlias;
import dev.rolecall.identity.internal.PeriodicChecks;
import dev.rolecall.policy.document.internal.KnownAliases;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;

/** The options for following the files of a policy. Not safe for use by several threads at once. */
public final class PolicyFileBuilder {

  private final List<Path> paths;
  private PeriodicChecks checks = PeriodicChecks.named("rolecall-policy-file");
  private ReloadListener reloads = result -> {};
  private KnownAliases aliases = KnownAliases.untold();

  PolicyFileBuilder(List<Path> paths) {
    this.paths = paths;
  }

  /**
   * Sets the time between two checks: 100 ms to a day, five seconds by default. A change is in
   * force after two checks.
   *
   * @throws IllegalArgumentException if it is shorter or longer
   */
  public PolicyFileBuilder period(Duration period) {
    this.checks = checks.period(period);
    return this;
  }

  /**
   * Sets the executor of the checks, which block on the files. By default it is a daemon thread.
   */
  public PolicyFileBuilder executor(ScheduledExecutorService executor) {
    this.checks = checks.executor(executor);
    return this;
  }

  /** Sets the listener for each reload, taken up or rejected. */
  public PolicyFileBuilder onReload(ReloadListener listener) {
    this.reloads = requireNonNull(listener, "listener");
    return this;
  }

  /**
   * Sets the aliases that the server has for issuers of tokens and authorities of certificates. A
   * principal of another alias then is a problem of the policy, at the start and at each reload. By
   * default each alias may be right here, and a guard checks them when it is built.
   */
  public PolicyFileBuilder aliases(Set<IssuerAlias> aliases) {
    this.aliases = this.aliases.with(requireNonNull(aliases, "aliases"));
    return this;
  }

  /**
   * Sets the SPIFFE trust domains that the server has. A principal of another one then is a problem
   * of the policy, likewise.
   */
  public PolicyFileBuilder trustDomains(Set<String> trustDomains) {
    this.aliases = aliases.withTrustDomains(requireNonNull(trustDomains, "trustDomains"));
    return this;
  }

  /**
   * Loads the files and follows them. Blocks on the files.
   *
   * @throws InvalidPolicyException if they cannot be read or are no policy
   */
  public PolicyFile follow() {
    return new PolicyFile(this);
  }

  List<Path> paths() {
    return paths;
  }

  PeriodicChecks checks() {
    return checks;
  }

  ReloadListener reloads() {
    return reloads;
  }

  KnownAliases aliases() {
    return aliases;
  }
}
