package dev.rolecall.proxy.relay;

import io.grpc.Status;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import java.util.ArrayList;
import java.util.List;

/** The labels of a route's calls in metrics, made once. */
final class RouteLabels {

  private static final AttributeKey<String> ROUTE = AttributeKey.stringKey("route");
  private static final AttributeKey<String> STATUS = AttributeKey.stringKey("status");

  private final Attributes route;

  /** By the number of the status code. */
  private final List<Attributes> statuses = new ArrayList<>();

  RouteLabels(String name) {
    this.route = Attributes.of(ROUTE, name);
    for (Status.Code code : Status.Code.values()) {
      // In the order of their numbers, without a gap.
      statuses.add(Attributes.of(ROUTE, name, STATUS, code.name()));
    }
  }

  /** The route's name. */
  Attributes route() {
    return route;
  }

  /** The route's name, and that status. */
  Attributes with(Status.Code code) {
    return statuses.get(code.value());
  }
}
