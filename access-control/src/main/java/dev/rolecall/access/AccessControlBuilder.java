package dev.rolecall.access;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.grant.GrantSource;
import dev.rolecall.access.grant.Grants;
import dev.rolecall.access.grant.RequiredGrants;
import dev.rolecall.access.internal.accept.Enforcement;
import dev.rolecall.access.internal.accept.VouchedNames;
import dev.rolecall.access.internal.connection.PresentedCertificates;
import dev.rolecall.access.internal.metrics.DecisionMetrics;
import dev.rolecall.access.internal.records.AuditWriter;
import dev.rolecall.access.lookup.CacheBounds;
import dev.rolecall.access.lookup.CallerLookup;
import dev.rolecall.access.lookup.LookupLimits;
import dev.rolecall.access.proxy.PassedCallers;
import dev.rolecall.access.proxy.TrustedProxies;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.access.scheme.Scheme;
import dev.rolecall.policy.PolicySource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Options of {@link AccessControl}. Closed by default: a caller is admitted only by a scheme that
 * was accepted and a rule of the policy. Not safe for use by several threads at once.
 */
public final class AccessControlBuilder {

  private final PolicySource policies;
  private final Accepted accepted = new Accepted();
  private @Nullable PolicySource shadow;
  private AuditRules audit = AuditRules.ofDefaults();
  private Enforcement enforcement = Enforcement.FULL;
  private StreamLifetime streamLifetime = StreamLifetime.proof();
  private LookupLimits lookupLimits = LookupLimits.ofDefaults();
  private CacheBounds cacheBounds = CacheBounds.ofDefaults();
  private @Nullable GrantSource grants;
  private @Nullable AccessRuntime runtime;

  AccessControlBuilder(PolicySource policies) {
    this.policies = requireNonNull(policies, "policies");
  }

  /** Accepts callers that prove themselves so. At least one scheme; asked in the order given. */
  public AccessControlBuilder accept(Scheme scheme) {
    accepted.schemes.add(requireNonNull(scheme, "scheme"));
    return this;
  }

  /**
   * Takes the credential of a call before the certificate of its client, where there are both. By
   * default the connection's certificate counts, and the call's credential is not read. Either is
   * read only if a scheme that is accepted reads it.
   */
  public AccessControlBuilder credentialOfCallBeforeClientCertificate() {
    accepted.callFirst = true;
    return this;
  }

  /**
   * Admits a policy that names issuers or authorities which no accepted scheme vouches for: for
   * tests that accept some of a server's schemes. A rule on such principals matches no caller, so a
   * deny rule has no effect. By default {@link #build} refuses that.
   */
  public AccessControlBuilder allowPrincipalsOfNoAcceptedScheme() {
    accepted.anyAlias = true;
    return this;
  }

  /**
   * Asks a second policy beside the one in force, to see its effect before it is in force. Where it
   * would have decided otherwise, that is counted as {@code rolecall.server.shadow.differences} and
   * recorded as {@link dev.rolecall.access.audit.AuditOutcome.ShadowDiffers}, within the limits of
   * {@link AuditRules} and unless the method's condition is {@code NONE}. It is never enforced, and
   * one that fails changes nothing but the count. By default there is none.
   *
   * <p>Decisions are compared when a call arrives. Calls that live on are held to the policy in
   * force alone.
   */
  public AccessControlBuilder shadowPolicy(PolicySource policies) {
    this.shadow = requireNonNull(policies, "policies");
    return this;
  }

  /**
   * Follows those grants, for rules that require one. By default there are none, and {@link #build}
   * refuses a policy that requires some. What is built closes them.
   *
   * <p>A caller that they say is locked is refused each call that needs a caller, by whatever rule.
   */
  public AccessControlBuilder grants(GrantSource source) {
    this.grants = requireNonNull(source, "source");
    return this;
  }

  /**
   * Takes the word of those proxies about who called: the policy then sees the caller that a
   * transaction token names, and the proxy stays beside it as {@link
   * dev.rolecall.identity.Caller#via}. By default no proxy is trusted, and no such token is read.
   *
   * <p>A proxy proves itself by one of the accepted schemes. A token of any other caller is
   * ignored, and counted as {@code rolecall.transaction_tokens}. A proxy's call without a token is
   * its own. What is built closes what reads the tokens.
   */
  public AccessControlBuilder trustedProxies(TrustedProxies proxies) {
    accepted.proxies = requireNonNull(proxies, "proxies");
    return this;
  }

  /** Which decisions are recorded, and where; by default {@link AuditRules#ofDefaults}. */
  public AccessControlBuilder audit(AuditRules audit) {
    this.audit = requireNonNull(audit, "audit");
    return this;
  }

  /**
   * Admits every call of every method, and records each that would have been refused: for the time
   * of a migration. Nothing is protected while this is on. By default a refused call is closed.
   *
   * <p>A call is admitted without a credential, with one that is refused, in an outage of its
   * issuer, over a limit, against the policy, and where a defect kept this server from deciding. It
   * waits for its issuer as usual, until the scheme's time-out and for ten seconds at most. A
   * handler sees the caller where it is known. A call that lives on is not ended when its
   * credential lapses or the policy changes; that is recorded once a call. A closed control still
   * refuses.
   *
   * <p>Each such call has a record, {@link dev.rolecall.access.audit.AuditOutcome.AdmittedInstead},
   * unless the method's condition is {@code NONE}. These records have no limit. Counted as {@code
   * rolecall.server.admitted_instead_of_refused}; logged within a limit. A WARNING says so at the
   * start and each hour.
   */
  public AccessControlBuilder admitAndRecordInsteadOfRefusing() {
    this.enforcement = Enforcement.off();
    return this;
  }

  /**
   * The same for some methods; the calls of all others are refused as ever.
   *
   * @param paths as rules of a policy name methods: {@code /package.Service/Method}, or a start of
   *     it and one {@code *}
   * @throws IllegalArgumentException if there is no path, or one is no pattern
   */
  public AccessControlBuilder admitAndRecordInsteadOfRefusing(String... paths) {
    this.enforcement = enforcement.without(paths);
    return this;
  }

  /** How long an admitted call may last; by default {@link StreamLifetime#proof()}. */
  public AccessControlBuilder streamLifetime(StreamLifetime streamLifetime) {
    this.streamLifetime = requireNonNull(streamLifetime, "streamLifetime");
    return this;
  }

  /** How many look-ups there may be; by default {@link LookupLimits#ofDefaults}. */
  public AccessControlBuilder lookupLimits(LookupLimits limits) {
    this.lookupLimits = requireNonNull(limits, "limits");
    return this;
  }

  /** How much is remembered of callers; by default {@link CacheBounds#ofDefaults}. */
  public AccessControlBuilder cacheBounds(CacheBounds bounds) {
    this.cacheBounds = requireNonNull(bounds, "bounds");
    return this;
  }

  /**
   * The clock, threads and telemetry; by default {@link AccessRuntime#ofDefaults}. What is built
   * owns it, and closes it.
   */
  public AccessControlBuilder runtime(AccessRuntime runtime) {
    this.runtime = requireNonNull(runtime, "runtime");
    return this;
  }

  /**
   * The control. Its owner closes it, and with it the runtime, the policy's source and the
   * shadow's.
   *
   * @throws IllegalArgumentException if no scheme is accepted, the settings of one or of the grants
   *     break a rule, the policy names the alias of an issuer or authority that no scheme vouches
   *     for, or it requires grants and no {@link #grants source} of them is given
   * @throws IllegalStateException if the runtime that was given is another's
   */
  public AccessControl build() {
    VouchedNames vouched = VouchedNames.of(accepted.schemes, accepted.proxies);
    if (!accepted.schemes.isEmpty() && !accepted.anyAlias) {
      vouched.check(policies.current());
    }
    if (grants == null) {
      RequiredGrants.checkNone(policies.current());
    }
    AccessRuntime made = runtime != null ? runtime : AccessRuntime.ofDefaults();
    CallerLookup lookup = CallerLookup.of(accepted.schemes, lookupLimits, cacheBounds, made);
    try {
      made.own();
      return opened(made, lookup);
    } catch (IllegalStateException | IllegalArgumentException e) {
      lookup.close();
      throw e;
    }
  }

  /** Opens the grants and the proxies' reader; neither is left open if the other cannot be. */
  private AccessControl opened(AccessRuntime made, CallerLookup lookup) {
    TrustedProxies proxies = accepted.proxies;
    PassedCallers passed = proxies == null ? null : proxies.open(made);
    try {
      return new AccessControl(
          this, made, lookup, grants == null ? Grants.none() : grants.open(made), passed);
    } catch (RuntimeException | Error e) {
      if (passed != null) {
        passed.close();
      }
      throw e;
    }
  }

  ConnectionMemos connections(AccessRuntime runtime) {
    return new ConnectionMemos(
        accepted.schemes.stream().anyMatch(Scheme::readsClientCertificates),
        accepted.callFirst,
        new PresentedCertificates(runtime.clock()));
  }

  PolicySource policies() {
    return policies;
  }

  /** The policies that are asked: the one in force, then the shadow's if there is one. */
  List<PolicySource> allPolicies() {
    return shadow == null ? List.of(policies) : List.of(policies, shadow);
  }

  AuditRules audit() {
    return audit;
  }

  Enforcement enforcement() {
    return enforcement;
  }

  StreamLifetime streamLifetime() {
    return streamLifetime;
  }

  DecisionJournal journal(AccessRuntime runtime, DecisionMetrics metrics, Grants followed) {
    return new DecisionJournal(
        runtime,
        metrics,
        new AuditWriter(audit.log(), metrics, runtime.clock()),
        audit.requests(),
        shadow == null ? null : new ShadowPolicy(shadow, metrics, followed));
  }

  /** The schemes, and how they are used together. */
  private static final class Accepted {

    private final List<Scheme> schemes = new ArrayList<>();
    private boolean callFirst;
    private boolean anyAlias;
    private @Nullable TrustedProxies proxies;
  }
}
