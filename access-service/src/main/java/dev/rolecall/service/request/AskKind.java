package dev.rolecall.service.request;

/** The kinds of requests. */
public enum AskKind {
  /** For a new grant, once enough people have approved. */
  ORDINARY,
  /** For a new grant at once, in an emergency; people review it afterwards. */
  BREAK_GLASS,
  /** For a later end of a grant. */
  EXTENSION
}
