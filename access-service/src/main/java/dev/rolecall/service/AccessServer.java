package dev.rolecall.service;

import static java.util.Objects.requireNonNull;

import dev.rolecall.guard.CallGuard;
import dev.rolecall.service.event.AccessEvents;
import dev.rolecall.service.internal.api.AccessApi;
import dev.rolecall.service.internal.feed.GrantFeedServer;
import dev.rolecall.service.internal.feed.NodeNews;
import dev.rolecall.service.rules.AccessRules;
import dev.rolecall.service.rules.document.RulesFile;
import dev.rolecall.service.store.AccessStore;
import dev.rolecall.service.store.StoreSource;
import dev.rolecall.service.token.TokenSigningKeys;
import io.grpc.BindableService;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A node of the access service: {@code AccessService} and {@code GrantFeed} behind a guard of their
 * own. It makes no server: add {@link #services} to yours, and {@link #guard} as the interceptor
 * that runs first.
 *
 * <p>Safe for use by many threads; nothing of it blocks a thread of gRPC. Close it after the server
 * has terminated; call {@link #stop} before that, so that subscribers go to another node.
 */
public final class AccessServer implements AutoCloseable {

  private final CallGuard guard;
  private final RulesFile rules;
  private final AccessStore store;
  private final NodeNews news;
  private final AccessApi api;
  private final GrantFeedServer feed;
  private final AccessEvents events;
  private final Optional<TokenSigningKeys> keys;
  private final AtomicBoolean closed = new AtomicBoolean();

  AccessServer(CallGuard guard, RulesFile rules, AccessStore store, Services services) {
    this.guard = guard;
    this.rules = rules;
    this.store = store;
    this.news = services.news();
    this.api = services.api();
    this.feed = services.feed();
    this.events = services.events();
    this.keys = services.keys();
  }

  /** The services of a node, the news and keys that they share, and the teller of events. */
  record Services(
      NodeNews news,
      AccessApi api,
      GrantFeedServer feed,
      Optional<TokenSigningKeys> keys,
      AccessEvents events) {}

  /**
   * Options of a node.
   *
   * @param rules the file of the rules, which is followed
   * @param store the settings of the store, which the node opens and closes
   */
  public static AccessServerBuilder builder(Path rules, StoreSource store) {
    return new AccessServerBuilder(requireNonNull(rules, "rules"), requireNonNull(store, "store"));
  }

  /** The services, which must not be served without {@link #guard}. */
  public List<BindableService> services() {
    return List.of(api, feed);
  }

  /** The guard that stands before the services. */
  public CallGuard guard() {
    return guard;
  }

  /** The rules in force. */
  public AccessRules rules() {
    return rules.current();
  }

  /** The store, for backup and such. It is closed with the node. */
  public AccessStore store() {
    return store;
  }

  /** How many servers follow this node. */
  public int subscribers() {
    return feed.subscribers();
  }

  /** Ends watches and subscriptions as an outage. Calls go on. */
  public void stop() {
    feed.close();
    api.close();
  }

  /** Ends all of it, the guard and the store too. To close it again does nothing. */
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    stop();
    events.close();
    news.close();
    keys.ifPresent(TokenSigningKeys::close);
    rules.close();
    guard.close();
    store.close();
  }
}
