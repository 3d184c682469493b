package dev.rolecall.access;

import dev.rolecall.access.scheme.Credential;

/** A call as a door presents it. */
public interface CallRequest {

  /** The method called, as {@link AccessControl#method} knows it. */
  CalledMethod method();

  /** The connection that the call came in on. */
  ConnectionMemo connection();

  /**
   * The credential in the call's own metadata. Asked for once at most, and only where the method is
   * not public and the connection presented no credential itself.
   */
  Credential credential();
}
