package dev.rolecall.guard;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.AccessControlBuilder;
import dev.rolecall.access.AuditRules;
import dev.rolecall.access.StreamLifetime;
import dev.rolecall.access.grant.GrantSource;
import dev.rolecall.access.lookup.CacheBounds;
import dev.rolecall.access.lookup.LookupLimits;
import dev.rolecall.access.proxy.TrustedProxies;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.access.scheme.Scheme;
import dev.rolecall.identity.internal.Range;
import dev.rolecall.policy.PolicySource;
import java.time.Duration;

/** The options of a {@link CallGuard}. Not safe for use by several threads at once. */
public final class CallGuardBuilder {

  private static final Duration SHORTEST_PERIOD = Duration.ofMillis(10);
  private static final Duration LONGEST_PERIOD = Duration.ofMinutes(1);
  private static final int MOST_SUSPENDED = 1_000_000;

  private final AccessControlBuilder access;
  private int maxSuspendedCalls = 20_000;
  private Duration watchPeriod = Duration.ofSeconds(1);

  CallGuardBuilder(AccessControlBuilder access) {
    this.access = requireNonNull(access, "access");
  }

  /** Accepts callers that prove themselves so. At least one scheme; asked in the order given. */
  public CallGuardBuilder accept(Scheme scheme) {
    access.accept(scheme);
    return this;
  }

  /**
   * Takes the credential of a call before the certificate of its client: see {@link
   * AccessControlBuilder#credentialOfCallBeforeClientCertificate}.
   */
  public CallGuardBuilder credentialOfCallBeforeClientCertificate() {
    access.credentialOfCallBeforeClientCertificate();
    return this;
  }

  /**
   * Admits a policy that names issuers which no accepted scheme vouches for: see {@link
   * AccessControlBuilder#allowPrincipalsOfNoAcceptedScheme}.
   */
  public CallGuardBuilder allowPrincipalsOfNoAcceptedScheme() {
    access.allowPrincipalsOfNoAcceptedScheme();
    return this;
  }

  /** A second policy, asked and never enforced: see {@link AccessControlBuilder#shadowPolicy}. */
  public CallGuardBuilder shadowPolicy(PolicySource policies) {
    access.shadowPolicy(policies);
    return this;
  }

  /**
   * Follows those grants, for rules that require one; the guard closes them. See {@link
   * AccessControlBuilder#grants}.
   */
  public CallGuardBuilder grants(GrantSource source) {
    access.grants(source);
    return this;
  }

  /**
   * Takes the word of those proxies about who called: see {@link
   * AccessControlBuilder#trustedProxies}. A handler then reads that caller from {@link
   * CurrentCaller}, and the proxy from {@link dev.rolecall.identity.Caller#via}.
   */
  public CallGuardBuilder trustedProxies(TrustedProxies proxies) {
    access.trustedProxies(proxies);
    return this;
  }

  /** Which decisions are recorded, and where; by default {@link AuditRules#ofDefaults}. */
  public CallGuardBuilder audit(AuditRules audit) {
    access.audit(audit);
    return this;
  }

  /**
   * Admits every call of every method, and records each that would have been refused, for the time
   * of a migration: see {@link AccessControlBuilder#admitAndRecordInsteadOfRefusing()}. Nothing is
   * protected while this is on.
   */
  public CallGuardBuilder admitAndRecordInsteadOfRefusing() {
    access.admitAndRecordInsteadOfRefusing();
    return this;
  }

  /**
   * The same for some methods: see {@link
   * AccessControlBuilder#admitAndRecordInsteadOfRefusing(String...)}.
   *
   * @throws IllegalArgumentException if there is no path, or one is no pattern
   */
  public CallGuardBuilder admitAndRecordInsteadOfRefusing(String... paths) {
    access.admitAndRecordInsteadOfRefusing(paths);
    return this;
  }

  /** How long an admitted call may last; by default {@link StreamLifetime#proof()}. */
  public CallGuardBuilder streamLifetime(StreamLifetime streamLifetime) {
    access.streamLifetime(streamLifetime);
    return this;
  }

  /** How many look-ups there may be; by default {@link LookupLimits#ofDefaults}. */
  public CallGuardBuilder lookupLimits(LookupLimits limits) {
    access.lookupLimits(limits);
    return this;
  }

  /** How much is remembered of callers; by default {@link CacheBounds#ofDefaults}. */
  public CallGuardBuilder cacheBounds(CacheBounds bounds) {
    access.cacheBounds(bounds);
    return this;
  }

  /**
   * The clock, threads and telemetry; by default {@link AccessRuntime#ofDefaults}. The guard owns
   * it, and closes it.
   */
  public CallGuardBuilder runtime(AccessRuntime runtime) {
    access.runtime(runtime);
    return this;
  }

  /**
   * How often live calls are looked over, and so how late a call may be ended: 10 milliseconds to a
   * minute, by default one second. A change of policy does not wait for it.
   *
   * @throws IllegalArgumentException if the period is out of that range
   */
  public CallGuardBuilder watchPeriod(Duration period) {
    requireNonNull(period, "period");
    Range.check("watch period", period, SHORTEST_PERIOD, LONGEST_PERIOD);
    this.watchPeriod = period;
    return this;
  }

  /**
   * How many calls may wait for a verdict at once: 1 to 1,000,000, by default 20,000, which is more
   * than the default limits of look-ups let wait. One that is cancelled leaves its place. Further
   * calls are refused with {@code RESOURCE_EXHAUSTED}.
   *
   * @throws IllegalArgumentException if the number is out of that range
   */
  public CallGuardBuilder maxSuspendedCalls(int calls) {
    Range.check("suspended calls", calls, 1, MOST_SUSPENDED);
    this.maxSuspendedCalls = calls;
    return this;
  }

  /**
   * The guard. Its watch over live calls starts now.
   *
   * @throws IllegalArgumentException if the settings break a rule, as {@link
   *     AccessControlBuilder#build} has them
   */
  public CallGuard build() {
    return new CallGuard(this, access.build());
  }

  int maxSuspendedCalls() {
    return maxSuspendedCalls;
  }

  Duration watchPeriod() {
    return watchPeriod;
  }
}
