package dev.rolecall.access;

import dev.rolecall.access.call.CallOrigin;
import dev.rolecall.access.scheme.Credential;

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

  /** The credential that the call brought, for its fingerprint; by default none is known. */
  default Credential credential() {
    return Credential.none();
  }
}
