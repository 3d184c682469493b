package dev.rolecall.access.internal.metrics;

import java.util.Locale;

/** The tasks that a {@code Supervisor} runs: the metric's label. */
public enum SupervisedTask {
  /** Deciding about a call that has come in. */
  CALL_DECISION,
  /** Starting the handler of a call that waited for its verdict. */
  CALL_START,
  /** ForcedEnd a call whose time is over, or that the policy no longer allows. */
  CALL_END,
  /** Telling a handler that its call was ended. */
  CALL_CANCEL,
  /** The walk over the live calls. */
  CALL_WATCH,
  /** Writing a decision down. */
  DECISION_RECORD,
  /** Looking a credential up. */
  LOOK_UP,
  /** Following the files of client CAs, and telling of certificates that were removed. */
  CLIENT_CA,
  /** Following the file of API keys, and telling of keys that were withdrawn. */
  KEY_FILE,
  /** Following the grants that callers hold, and telling of those that ended. */
  GRANT_FEED,
  /** Answering a request for a token. */
  TOKEN_EXCHANGE,
  /** Following or rotating the keys that tokens are signed with. */
  KEY_RING,
  /** Following the configuration of a proxy. */
  CONFIG_FILE,
  /** Following the policy's file. */
  POLICY_FILE,
  /** Telling a listener of a change of the policy's file. */
  POLICY_LISTENER,
  /** Answering a call of the access service. */
  ACCESS_CALL,
  /** Reading the news of the access service's store, and telling of them. */
  ACCESS_NEWS,
  /** Writing down what time has done to requests and grants. */
  ACCESS_SWEEP,
  /** Following the file of access rules. */
  ACCESS_RULES,
  /** Writing down which servers follow the access service. */
  ACCESS_ENFORCERS,
  /** Deleting history of the access service that is old enough. */
  ACCESS_RETENTION,
  /** Writing the audit trail of the access service. */
  ACCESS_AUDIT,
  /** Counting what is in the access service's store. */
  ACCESS_METRICS,
  /** Posting events of the access service. */
  ACCESS_WEBHOOK;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** The word in the metric. */
  public String label() {
    return label;
  }
}
