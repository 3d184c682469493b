package dev.rolecall.access;

import dev.rolecall.access.call.CallOrigin;

/** A call as records name it. */
public interface CallRequest {

  /** The method called, as {@link AccessControl#method} knows it. */
  CalledMethod method();

  /** The connection that the call came in on. */
  ConnectionMemo connection();

  /**
   * The origin of the call, with its headers, for a shadow policy; by default that of any call on
   * the connection, whose headers are unknown.
   */
  default CallOrigin origin() {
    return connection().origin();
  }
}
