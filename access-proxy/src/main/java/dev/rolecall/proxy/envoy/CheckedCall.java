package dev.rolecall.proxy.envoy;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.CallRequest;
import dev.rolecall.access.CalledMethod;
import dev.rolecall.access.ConnectionMemo;
import dev.rolecall.access.call.CallOrigin;

/**
 * A call that a Check is about.
 *
 * @param headers its headers, with the credential
 * @param route what the route's configuration says
 */
record CheckedCall(
    CalledMethod method, ConnectionMemo connection, RequestHeaders headers, RouteContext route)
    implements CallRequest {

  CheckedCall {
    requireNonNull(method, "method");
    requireNonNull(connection, "connection");
    requireNonNull(headers, "headers");
    requireNonNull(route, "route");
  }

  @Override
  public CallOrigin origin() {
    return connection.origin().with(headers, CheckedHeaders.READER);
  }

  /** Names the method and nothing else: the headers have the credential. */
  @Override
  public String toString() {
    return "CheckedCall[" + method.label() + "]";
  }
}
