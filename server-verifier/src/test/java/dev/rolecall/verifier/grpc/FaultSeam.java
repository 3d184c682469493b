package dev.rolecall.verifier.grpc;

/** A place where code that is not the guard's runs inside it, and may throw anything. */
enum FaultSeam {
  /** Starts handlers of calls that waited. */
  START_EXECUTOR,
  /** Closes calls. */
  END_EXECUTOR,
  /** Times the walks, and takes those that a change of policy asks for. */
  WATCH_SCHEDULER,
  /** Begins look-ups. */
  LOOK_UP_EXECUTOR,
  /** Times look-ups out. */
  LOOK_UP_SCHEDULER,
  /** Where decisions are recorded. */
  AUDIT_LOG,
  /** Every instrument of OpenTelemetry. */
  METRICS,
  /** The handlers of the logging system. */
  LOGGER,
  /** The guard's wall clock. */
  GUARD_CLOCK,
  /** The guard's elapsed time. */
  GUARD_TICKER,
  /** The verifier's wall clock. */
  VERIFIER_CLOCK,
  /** The verifier's elapsed time. */
  VERIFIER_TICKER,
  /** The verifier's random generator, which is drawn from in an outage. */
  RANDOM,
  /** The policy in force. */
  POLICY_SOURCE,
  /** Another listener to changes of the policy's file, before the guard's. */
  POLICY_LISTENER,
  /** Who counts reloads of the policy's file. */
  RELOAD_LISTENER,
  /** The policy beside the one in force. */
  SHADOW_POLICY,
  /** Says what a connection has shown. */
  PEER_ATTESTATIONS,
  /** Sends requests to STS. */
  STS_TRANSPORT,
  /** What a request to STS comes to. */
  STS_ANSWER,
  /** The verifier as a whole. */
  VERIFIER,
  /** A handler's start. */
  HANDLER_START,
  /** A handler's last event. */
  HANDLER_CANCEL,
  /** Who listens to the context of a handler. */
  CONTEXT_LISTENER
}
