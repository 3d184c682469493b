package dev.rolecall.cli.console.answer;

/**
 * The kinds of failures that the page tells apart. Each has a status of HTTP, so that the browser's
 * own tools say the same.
 */
public enum Face {
  /** A server does not answer; it may later. */
  AWAY(503),
  /** There are no AWS credentials, or no login, to call with: nothing was sent. */
  SIGNED_OUT(503),
  /** The server does not accept the proof of who calls. */
  NOT_PROVEN(502),
  /** The rules or the policy do not let this caller do that. */
  NOT_ALLOWED(403),
  /** The caller is locked. */
  LOCKED(403),
  /** The service says no to this request. */
  REFUSED(422),
  /** What the request is about has changed since it was read. */
  CHANGED(409),
  /** The page, or what was typed into it, is wrong. */
  WRONG(400),
  /** The link was used before, or is too old. */
  LINK_USED(401),
  /** The request has no token of this console. */
  NO_KEY(401),
  /** The console was started without such a server. */
  NOT_CONFIGURED(404),
  /** A defect of the console or of a server. */
  DEFECT(500);

  private final int status;

  Face(int status) {
    this.status = status;
  }

  /** The status of HTTP. */
  int status() {
    return status;
  }
}
