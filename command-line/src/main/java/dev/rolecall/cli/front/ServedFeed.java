package dev.rolecall.cli.front;

import dev.rolecall.access.AuditRules;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.decisions.DecisionFeed;
import dev.rolecall.decisions.v1.DecisionsGrpc;
import dev.rolecall.policy.MethodPath;
import io.grpc.ServerBuilder;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The feed of a server's decisions for the console, if there is one. */
public final class ServedFeed implements AutoCloseable {

  private static final List<MethodPath> METHODS =
      DecisionsGrpc.getServiceDescriptor().getMethods().stream()
          .map(method -> MethodPath.ofFullMethodName(method.getFullMethodName()))
          .toList();

  private final Optional<DecisionFeed> feed;

  private ServedFeed(Optional<DecisionFeed> feed) {
    this.feed = feed;
  }

  /** Nothing is kept. */
  public static ServedFeed none() {
    return new ServedFeed(Optional.empty());
  }

  /** A feed that begins now, by that runtime. */
  public static ServedFeed opened(AccessRuntime runtime) {
    return new ServedFeed(Optional.of(DecisionFeed.open(runtime)));
  }

  /** The rules of a guard that feeds it. */
  AuditRules beside(AuditRules rules) {
    return feed.map(each -> each.beside(rules)).orElse(rules);
  }

  /** Adds its service, which the server's guard guards like any other. */
  public void addTo(ServerBuilder<?> server) {
    feed.ifPresent(each -> server.addService(each.service()));
  }

  /**
   * A note for the person who starts the server, if no caller may read the feed.
   *
   * @param mayBeCalled whether some caller may call a method
   */
  public Optional<String> note(Predicate<MethodPath> mayBeCalled) {
    return feed.isEmpty()
        ? Optional.empty()
        : METHODS.stream()
            .filter(mayBeCalled.negate())
            .findFirst()
            .map(
                method ->
                    "note: nobody may read the console feed: no rule of the policy allows "
                        + method);
  }

  /** Ends its streams: before the server stops, which would wait for them. */
  public void end() {
    feed.ifPresent(DecisionFeed::close);
  }

  @Override
  public void close() {
    end();
  }
}
