package dev.rolecall.proxy.envoy;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.CallRequest;
import dev.rolecall.access.CalledMethod;
import dev.rolecall.access.ConnectionMemo;
import dev.rolecall.access.call.CallOrigin;
import dev.rolecall.access.scheme.Credential;
import dev.rolecall.proxy.internal.check.RequestHeaders;
import dev.rolecall.proxy.internal.check.RouteContext;

/**
 * A call that a Check is about.
 *
 * @param client the connection that it came in on, to Envoy
 * @param headers its headers, with the credential
 * @param route what the route's configuration says
 */
record CheckedCall(
    CalledMethod method, CheckConnection client, RequestHeaders headers, RouteContext route)
    implements CallRequest {

  CheckedCall {
    requireNonNull(method, "method");
    requireNonNull(client, "client");
    requireNonNull(headers, "headers");
    requireNonNull(route, "route");
  }

  @Override
  public ConnectionMemo connection() {
    return client.memo();
  }

  @Override
  public CallOrigin origin() {
    return connection().origin().with(headers, CheckedHeaders.READER);
  }

  @Override
  public Credential credential() {
    return headers.credential(connection());
  }

  /** Names the method and nothing else: the headers have the credential. */
  @Override
  public String toString() {
    return "CheckedCall[" + method.label() + "]";
  }
}
