package dev.rolecall.proxy.envoy;

import dev.rolecall.proxy.envoy.v3.AttributeContext;
import java.util.Map;

/**
 * What the configuration of a route says of its calls, in {@code context_extensions}.
 *
 * @param audience the audience; empty for the default
 * @param keepsAuthorization whether the service behind the route receives the credential
 * @param mark the mark of a checker's own Checks; empty for all others
 */
record RouteContext(String audience, boolean keepsAuthorization, String mark) {

  static final String AUDIENCE = "audience";
  static final String KEEP_AUTHORIZATION = "keep_authorization";
  static final String MARK = "rolecall_warm_up";

  private static final RouteContext NONE = new RouteContext("", false, "");

  static RouteContext of(AttributeContext attributes) {
    Map<String, String> said = attributes.getContextExtensionsMap();
    return said.isEmpty()
        ? NONE
        : new RouteContext(
            said.getOrDefault(AUDIENCE, ""),
            "true".equals(said.get(KEEP_AUTHORIZATION)),
            said.getOrDefault(MARK, ""));
  }
}
