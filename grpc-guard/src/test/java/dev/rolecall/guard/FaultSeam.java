package dev.rolecall.guard;

/** A place where code that is not the guard's runs inside it, and may throw anything. */
enum FaultSeam {
  /** Starts handlers of calls that waited. */
  START_EXECUTOR,
  /** Closes calls. */
  END_EXECUTOR,
  /** The scheduler, as it times the walks and takes those that a change of policy asks for. */
  WATCH_SCHEDULER,
  /** Begins look-ups. */
  LOOK_UP_EXECUTOR,
  /** The scheduler, as it times look-ups out. */
  LOOK_UP_SCHEDULER,
  /** Where decisions are recorded. */
  AUDIT_LOG,
  /** Every instrument of OpenTelemetry. */
  METRICS,
  /** The handlers of the logging system. */
  LOGGER,
  /** The wall clock, as the guard reads it. */
  GUARD_CLOCK,
  /** Elapsed time, as the guard reads it. */
  GUARD_TICKER,
  /** The wall clock, as look-ups and schemes read it. */
  LOOK_UP_CLOCK,
  /** Elapsed time, as look-ups and their limits read it. */
  LOOK_UP_TICKER,
  /** The random generator, which is drawn from in an outage. */
  RANDOM,
  /** The policy in force. */
  POLICY_SOURCE,
  /** Another listener to changes of the policy's file, before the guard's. */
  POLICY_LISTENER,
  /** Who counts reloads of the policy's file. */
  RELOAD_LISTENER,
  /** The policy beside the one in force. */
  SHADOW_POLICY,
  /** The grants and locks of callers. */
  GRANTS,
  /** A scheme as a whole: reads a credential. */
  SCHEME,
  /** The key that a credential's answer is remembered by. */
  CREDENTIAL_KEY,
  /** The facts of a credential, which are asked for in an outage. */
  FACTS,
  /** Says whether an issuer is away. */
  ISSUER,
  /** Asks an issuer. */
  ISSUER_ASKED,
  /** The answer of an issuer. */
  ISSUER_ANSWER,
  /** A handler's start. */
  HANDLER_START,
  /** A handler's last event. */
  HANDLER_CANCEL,
  /** Who listens to the context of a handler. */
  CONTEXT_LISTENER
}
