package dev.rolecall.proxy.relay;

import static java.util.Objects.requireNonNull;

import dev.rolecall.proxy.internal.PlainPath;
import io.grpc.HandlerRegistry;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerMethodDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The methods that one event loop relays: any name that a route is for.
 *
 * <p>Those seen are kept by group of routes and full name, at most 4,096 a group, since a peer can
 * make names up; the rest are made anew for each call. They live as long as the relay.
 */
final class RelayedRegistry extends HandlerRegistry {

  static final int CAPACITY = 4_096;

  private static final ServerMethodDefinition<?, ?> UNROUTED =
      ServerMethodDefinition.create(
          RelayedMethods.of("rolecall.relay/Unrouted", RelayMetrics.UNROUTED), new NoRoute());

  private final RouteTable routes;
  private final Map<Route, ServerCallHandler<RelayedMessage, RelayedMessage>> handlers =
      new ConcurrentHashMap<>();
  private final List<Map<String, ServerMethodDefinition<?, ?>>> seen = new ArrayList<>();
  private final Function<Route, RelayHandler> relayed;

  /**
   * A registry of no methods yet.
   *
   * @param relayed makes the handler of a route's admitted calls
   */
  RelayedRegistry(RouteTable routes, Function<Route, RelayHandler> relayed) {
    this.routes = requireNonNull(routes, "routes");
    this.relayed = requireNonNull(relayed, "relayed");
    for (int i = 0; i < routes.groups(); i++) {
      seen.add(new ConcurrentHashMap<>());
    }
  }

  @Override
  public ServerMethodDefinition<?, ?> lookupMethod(String fullName, @Nullable String authority) {
    int group = routes.groupOf(authority);
    ServerMethodDefinition<?, ?> known = seen.get(group).get(fullName);
    return known != null ? known : learn(group, fullName);
  }

  private ServerMethodDefinition<?, ?> learn(int group, String fullName) {
    @Nullable Route route = PlainPath.is(fullName) ? routes.find(group, fullName) : null;
    if (route == null) {
      return UNROUTED;
    }
    MethodDescriptor<RelayedMessage, RelayedMessage> method =
        RelayedMethods.of(fullName, route.labels());
    ServerMethodDefinition<?, ?> made =
        ServerMethodDefinition.create(
            method, handlers.computeIfAbsent(route, each -> guarded(each, relayed.apply(each))));
    Map<String, ServerMethodDefinition<?, ?>> known = seen.get(group);
    if (known.size() < CAPACITY) {
      known.put(fullName, made);
    }
    return made;
  }

  /** How many methods are kept. */
  int size() {
    return seen.stream().mapToInt(Map::size).sum();
  }

  private static ServerCallHandler<RelayedMessage, RelayedMessage> guarded(
      Route route, RelayHandler handler) {
    return (call, headers) -> route.guard().interceptCall(call, headers, handler);
  }

  private static final class NoRoute implements ServerCallHandler<RelayedMessage, RelayedMessage> {

    @Override
    public ServerCall.Listener<RelayedMessage> startCall(
        ServerCall<RelayedMessage, RelayedMessage> call, Metadata headers) {
      call.close(OwnStatus.NO_ROUTE, new Metadata());
      return new ServerCall.Listener<>() {};
    }
  }
}
