package dev.rolecall.access;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.internal.connection.PresentedCertificates;
import dev.rolecall.access.internal.metrics.DecisionMetrics;
import dev.rolecall.access.internal.records.AuditWriter;
import dev.rolecall.access.lookup.CacheBounds;
import dev.rolecall.access.lookup.CallerLookup;
import dev.rolecall.access.lookup.LookupLimits;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.access.scheme.Scheme;
import dev.rolecall.identity.IssuerAlias;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.PolicySource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
   * @throws IllegalArgumentException if no scheme is accepted, the settings of one break a rule, or
   *     the policy names the alias of an issuer or authority that none of them vouches for
   * @throws IllegalStateException if the runtime that was given is another's
   */
  public AccessControl build() {
    accepted.checkTrustDomains();
    accepted.check(policies.current());
    AccessRuntime made = runtime != null ? runtime : AccessRuntime.ofDefaults();
    CallerLookup lookup = CallerLookup.of(accepted.schemes, lookupLimits, cacheBounds, made);
    try {
      made.own();
    } catch (IllegalStateException e) {
      lookup.close();
      throw e;
    }
    return new AccessControl(this, made, lookup);
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

  AuditRules audit() {
    return audit;
  }

  Enforcement enforcement() {
    return enforcement;
  }

  StreamLifetime streamLifetime() {
    return streamLifetime;
  }

  DecisionJournal journal(AccessRuntime runtime, DecisionMetrics metrics) {
    return new DecisionJournal(
        runtime,
        metrics,
        new AuditWriter(audit.log(), metrics, runtime.clock()),
        shadow == null ? null : new ShadowPolicy(shadow, metrics));
  }

  /** The schemes, and how they are used together. */
  private static final class Accepted {

    private final List<Scheme> schemes = new ArrayList<>();
    private boolean callFirst;
    private boolean anyAlias;

    /**
     * Checks that each trust domain has one owner, whatever scheme proves its workloads.
     *
     * @throws IllegalArgumentException if one has two
     */
    void checkTrustDomains() {
      Map<String, IssuerAlias> owners = new HashMap<>();
      schemes.forEach(
          scheme -> scheme.trustDomains().forEach((domain, owner) -> own(owners, domain, owner)));
    }

    private static void own(Map<String, IssuerAlias> owners, String domain, IssuerAlias owner) {
      IssuerAlias other = owners.putIfAbsent(domain, owner);
      if (other != null && !other.equals(owner)) {
        throw new IllegalArgumentException(
            "trust domain "
                + domain
                + ": of "
                + other
                + " and of "
                + owner
                + " (expected: one alias, the same in each scheme)");
      }
    }

    /**
     * Checks that some scheme vouches for each alias and trust domain of the policy.
     *
     * @throws IllegalArgumentException if none does
     */
    void check(AccessPolicy policy) {
      if (schemes.isEmpty() || anyAlias) {
        return;
      }
      check(
          policy,
          "alias",
          policy.aliases().stream().map(IssuerAlias::value),
          schemes.stream().flatMap(each -> each.aliases().stream()).map(IssuerAlias::value));
      check(
          policy,
          "trust domain",
          policy.trustDomains().stream(),
          schemes.stream().flatMap(each -> each.trustDomains().keySet().stream()));
    }

    private static void check(
        AccessPolicy policy, String what, Stream<String> named, Stream<String> vouchedFor) {
      Set<String> known = vouchedFor.collect(Collectors.toCollection(TreeSet::new));
      List<String> unknown = named.filter(each -> !known.contains(each)).sorted().toList();
      if (!unknown.isEmpty()) {
        throw new IllegalArgumentException(
            "policy \""
                + policy.name()
                + "\" names the "
                + what
                + " "
                + String.join(", ", unknown)
                + " (expected: "
                + (known.isEmpty()
                    ? "none: no accepted scheme has one"
                    : "one of the accepted schemes': " + String.join(", ", known))
                + ")");
      }
    }
  }
}
