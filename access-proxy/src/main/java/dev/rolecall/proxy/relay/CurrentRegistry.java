package dev.rolecall.proxy.relay;

import static java.util.Objects.requireNonNull;

import io.grpc.HandlerRegistry;
import io.grpc.ServerMethodDefinition;
import org.jspecify.annotations.Nullable;

/** The methods of one event loop by the routes in force, which may be replaced. */
final class CurrentRegistry extends HandlerRegistry {

  private volatile RelayedRegistry current;

  CurrentRegistry(RelayedRegistry first) {
    this.current = requireNonNull(first, "first");
  }

  /** Calls that come from now on go by that one. */
  void replace(RelayedRegistry next) {
    current = requireNonNull(next, "next");
  }

  @Override
  public @Nullable ServerMethodDefinition<?, ?> lookupMethod(
      String fullName, @Nullable String authority) {
    return current.lookupMethod(fullName, authority);
  }
}
