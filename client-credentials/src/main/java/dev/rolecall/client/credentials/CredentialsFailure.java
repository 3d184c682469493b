package dev.rolecall.client.credentials;

/** The class of a failure to get AWS credentials from one place. */
public enum CredentialsFailure {
  /** Nothing says that credentials should be there. */
  NOT_SET_UP,
  /** The place is switched off by a setting. */
  DISABLED,
  /** A setting that goes with one that is there is missing. */
  INCOMPLETE,
  /** A setting has a value that cannot be used. */
  INVALID,
  /** Two settings contradict each other. */
  CONTRADICTORY,
  /** No file has the profile of that name. */
  NO_SUCH_PROFILE,
  /** Profiles name each other as their source, in a circle. */
  PROFILE_CIRCLE,
  /** {@code credential_process} ended with another status than 0, or could not run. */
  PROCESS_FAILED,
  /** {@code credential_process} goes on without an end. */
  PROCESS_HUNG,
  /** {@code credential_process} printed something that is not credentials. */
  PROCESS_OUTPUT,
  /** Single sign-on: the user never signed in, or the sign-in has expired. */
  NOT_SIGNED_IN,
  /** A file is missing. */
  FILE_MISSING,
  /** A file is there and cannot be read, or is not what it should be. */
  FILE_UNREADABLE,
  /** An endpoint answered with an HTTP status that is no success. */
  HTTP_STATUS,
  /** An endpoint answered with something that is no credentials. */
  ANSWER_INVALID,
  /** AWS answered no, with an error code. */
  AWS_REFUSED,
  /** An endpoint takes no connection. */
  CONNECTION_REFUSED,
  /** An endpoint does not answer in time. */
  TIMED_OUT,
  /** An endpoint's name is not known. */
  NAME_UNKNOWN,
  /** Anything else. */
  OTHER
}
