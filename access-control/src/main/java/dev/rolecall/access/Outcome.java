package dev.rolecall.access;

/** The answer about a call. The door acts on it: it starts a handler, closes the call or waits. */
public sealed interface Outcome permits Admission, Refusal, Pending {}
