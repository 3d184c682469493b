package dev.rolecall.service;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.AuditRules;
import dev.rolecall.access.internal.metrics.Instruments;
import dev.rolecall.access.internal.metrics.SteadyCounter;
import dev.rolecall.access.internal.metrics.SupervisedTask;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.access.scheme.Scheme;
import dev.rolecall.guard.CallGuard;
import dev.rolecall.guard.CallGuardBuilder;
import dev.rolecall.identity.internal.Range;
import dev.rolecall.policy.document.SettablePolicy;
import dev.rolecall.service.event.AccessEvents;
import dev.rolecall.service.event.Webhook;
import dev.rolecall.service.internal.api.AccessApi;
import dev.rolecall.service.internal.feed.GrantFeedServer;
import dev.rolecall.service.internal.feed.LockMatch;
import dev.rolecall.service.internal.feed.NodeNews;
import dev.rolecall.service.rules.document.RulesFile;
import dev.rolecall.service.store.AccessStore;
import dev.rolecall.service.store.StoreSource;
import dev.rolecall.service.token.GrantTokenIssuer;
import dev.rolecall.service.token.GrantTokenSettings;
import dev.rolecall.service.token.TokenSigningKeys;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Options of an {@link AccessServer}. Not safe for use by several threads at once.
 *
 * <p>Callers are known by the schemes that are accepted, as those of any guarded server. At least
 * one is needed.
 */
public final class AccessServerBuilder {

  private static final Logger LOG = System.getLogger("rolecall.access.service");
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final AttributeKey<String> RESULT = AttributeKey.stringKey("result");

  private final Path rules;
  private final StoreSource store;

  /** What the guard is told, in the order that it was said here. */
  private final List<Consumer<CallGuardBuilder>> guardOptions = new ArrayList<>();

  private @Nullable AccessRuntime runtime;
  private int mostSubscribers = GrantFeedServer.USUAL_SUBSCRIBERS;
  private boolean publicHealth;
  private Optional<Webhook> webhook = Optional.empty();
  private Duration rulesPeriod = RulesFile.PERIOD;
  private Optional<Duration> kept = Optional.empty();
  private @Nullable GrantTokenSettings tokens;

  AccessServerBuilder(Path rules, StoreSource store) {
    this.rules = rules;
    this.store = store;
  }

  /** Accepts callers that prove themselves so. At least one; asked in the order given. */
  public AccessServerBuilder accept(Scheme scheme) {
    requireNonNull(scheme, "scheme");
    guardOptions.add(guard -> guard.accept(scheme));
    return this;
  }

  /**
   * Lets the credential of a call count before the certificate of its client, as {@link
   * CallGuardBuilder#credentialOfCallBeforeClientCertificate} has it.
   */
  public AccessServerBuilder credentialOfCallBeforeClientCertificate() {
    guardOptions.add(CallGuardBuilder::credentialOfCallBeforeClientCertificate);
    return this;
  }

  /**
   * The clock, threads and telemetry; by default {@link AccessRuntime#ofDefaults}. The node owns
   * it, and closes it.
   */
  public AccessServerBuilder runtime(AccessRuntime runtime) {
    this.runtime = requireNonNull(runtime, "runtime");
    return this;
  }

  /** Which calls of the service are recorded, and where; by default refused ones, to the log. */
  public AccessServerBuilder audit(AuditRules audit) {
    requireNonNull(audit, "audit");
    guardOptions.add(guard -> guard.audit(audit));
    return this;
  }

  /** The most servers that may follow this node: 1 to 100,000, by default 1,000. */
  public AccessServerBuilder maxSubscribers(int most) {
    this.mostSubscribers = most;
    return this;
  }

  /**
   * Posts each event there. By default none is posted; all are in the audit trail of the log, at
   * the logger {@code rolecall.audit}.
   */
  public AccessServerBuilder webhook(Webhook webhook) {
    this.webhook = Optional.of(webhook);
    return this;
  }

  /**
   * Keeps events, decided requests and ended grants for that time, and deletes them afterwards, as
   * {@link AccessStore#forget} has it: 7 days to 36,500 days. By default all are kept.
   *
   * @throws IllegalArgumentException if the time is shorter or longer
   */
  public AccessServerBuilder keepHistory(Duration kept) {
    Range.check("history kept", kept, AccessStore.SHORTEST_KEPT, AccessStore.LONGEST_KEPT);
    this.kept = Optional.of(kept);
    return this;
  }

  /** How often the file of the rules is checked: 100 ms to a day, by default each second. */
  public AccessServerBuilder rulesPeriod(Duration period) {
    this.rulesPeriod = requireNonNull(period, "period");
    return this;
  }

  /** Lets everyone ask for the server's health, as the probes of Kubernetes do. */
  public AccessServerBuilder allowHealthChecksWithoutCaller() {
    this.publicHealth = true;
    return this;
  }

  /**
   * Issues grant tokens, and keeps their signing keys in the store. By default none are issued, and
   * a store's keys are left alone.
   */
  public AccessServerBuilder grantTokens(GrantTokenSettings settings) {
    this.tokens = requireNonNull(settings, "settings");
    return this;
  }

  /**
   * Starts the node. Blocks on the file of the rules and on the store.
   *
   * @throws dev.rolecall.service.rules.document.InvalidRulesException if the file holds no rules
   * @throws dev.rolecall.service.store.StoreNotOpenedException if the store cannot be opened
   * @throws dev.rolecall.service.token.KeySealingException if the signing keys cannot be opened by
   *     the seal
   * @throws IllegalArgumentException if no scheme is accepted, or a setting breaks a rule
   */
  public AccessServer start() {
    StartedParts parts = new StartedParts();
    try {
      return started(
          parts,
          runtime == null ? parts.add(AccessRuntime.ofDefaults(), AccessRuntime::close) : runtime);
    } catch (RuntimeException | Error e) {
      parts.closeAfter(e);
      throw e;
    }
  }

  private AccessServer started(StartedParts parts, AccessRuntime owned) {
    RulesFile followed = parts.add(followed(owned), RulesFile::close);
    CallGuard guard = parts.add(guard(owned, followed), CallGuard::close);
    AccessStore opened = parts.add(store.open(owned), AccessStore::close);
    Optional<TokenSigningKeys> keys =
        Optional.ofNullable(tokens)
            .map(each -> TokenSigningKeys.open(opened, each, owned))
            .map(each -> parts.add(each, TokenSigningKeys::close));
    NodeNews news = parts.add(new NodeNews(opened, followed::current, owned), NodeNews::close);
    if (!news.awaitFirst(PATIENCE)) {
      LOG.log(Level.WARNING, "the store has not been read yet; calls are refused until then");
    }
    AccessApi api =
        parts.add(
            new AccessApi(
                followed::current,
                opened,
                news,
                keys.map(each -> issuer(opened, each, followed, owned)),
                owned.supervisor()),
            AccessApi::close);
    GrantFeedServer feed = new GrantFeedServer(news, followed::current, mostSubscribers);
    kept.ifPresent(time -> guard.closeToo(Retention.start(opened, time, owned)::close));
    AccessEvents events = AccessEvents.start(opened, owned, webhook);
    if (!events.awaitFirst(PATIENCE)) {
      LOG.log(Level.WARNING, "the store has not been read yet; no event is told until then");
    }
    return new AccessServer(
        guard, followed, opened, new AccessServer.Services(news, api, feed, keys, events));
  }

  private RulesFile followed(AccessRuntime owned) {
    owned.supervising(
        SupervisedTask.ACCESS_CALL, SupervisedTask.ACCESS_RULES, SupervisedTask.ACCESS_ENFORCERS);
    SteadyCounter reloads =
        new Instruments(owned.telemetry())
            .counter(
                "rolecall.access.rules.reloads",
                "Changes of the file of access rules, by result: reloaded, or rejected and without"
                    + " effect.");
    reloads.add(0, Attributes.of(RESULT, "rejected"));
    return RulesFile.open(
        rules,
        rulesPeriod,
        owned.supervisor(),
        result -> reloads.add(1, Attributes.of(RESULT, result)));
  }

  private CallGuard guard(AccessRuntime owned, RulesFile followed) {
    SettablePolicy policy = SettablePolicy.of(ServicePolicy.of(followed.current(), publicHealth));
    Runnable follow = () -> policy.set(ServicePolicy.of(followed.current(), publicHealth));
    followed.onChange(follow);
    // Once more: the rules may have changed between the first reading and the listener.
    follow.run();
    CallGuardBuilder guard =
        CallGuard.builder(policy).runtime(owned).allowPrincipalsOfNoAcceptedScheme();
    guardOptions.forEach(option -> option.accept(guard));
    return guard.build();
  }

  private GrantTokenIssuer issuer(
      AccessStore opened, TokenSigningKeys keys, RulesFile followed, AccessRuntime owned) {
    return new GrantTokenIssuer(
        requireNonNull(tokens, "tokens").issuer(),
        opened,
        keys,
        (lock, caller) -> new LockMatch(followed.current().people()).means(lock, caller),
        owned);
  }
}
