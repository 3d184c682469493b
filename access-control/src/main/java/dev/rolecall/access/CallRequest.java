package dev.rolecall.access;

/** A call as records name it. */
public interface CallRequest {

  /** The method called, as {@link AccessControl#method} knows it. */
  CalledMethod method();

  /** The connection that the call came in on. */
  ConnectionMemo connection();
}
