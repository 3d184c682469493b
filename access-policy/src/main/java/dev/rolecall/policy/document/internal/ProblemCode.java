package dev.rolecall.policy.document.internal;

import java.util.Locale;

/**
 * The kinds of problems that a policy, the rules of an access service or a table of cases may have.
 * The words are stable: tools that read the output of {@code rolecall policy check --json} compare
 * them.
 */
public enum ProblemCode {
  /** The file cannot be read at all. */
  UNREADABLE,
  /** A folder without a policy. */
  NO_POLICY,
  /** More bytes than a text may have. */
  TOO_LARGE,
  /** A byte that is not UTF-8. */
  NOT_UTF8,
  /** A character that is not printable. */
  UNPRINTABLE,
  /** A text that is neither YAML nor JSON. */
  SYNTAX,
  /** A text without a value. */
  EMPTY,
  /** A second document in one text. */
  SECOND_DOCUMENT,
  /** An anchor, an alias or a tag of YAML. */
  YAML_REFERENCE,
  /** More levels than a text may have. */
  TOO_DEEP,
  /** A key that the language does not have there. */
  UNKNOWN_KEY,
  /** A key that stands twice in one mapping. */
  REPEATED_KEY,
  /** A key that is left out and must not be. */
  MISSING_KEY,
  /** A value of another type, or an empty list. */
  WRONG_TYPE,
  /** A name with characters that names do not have. */
  INVALID_NAME,
  /** A name that another rule or group has. */
  REPEATED_NAME,
  /** A text that is no principal. */
  INVALID_PRINCIPAL,
  /** A text that is no path. */
  INVALID_PATH,
  /** A public method's path that spans services. */
  INVALID_PUBLIC_METHOD,
  /** A principal that names a group which no text defines. */
  UNKNOWN_GROUP,
  /** An account group that no text defines. */
  UNKNOWN_ACCOUNT_GROUP,
  /** A group as a member of a group. */
  NESTED_GROUP,
  /** A text that is no account id. */
  INVALID_ACCOUNT,
  /** More of something than a policy may have. */
  TOO_MANY,
  /** A network that is no range of addresses, or every address. */
  INVALID_NETWORK,
  /** A header that no policy may read or that stands twice, or a value that is no pattern. */
  INVALID_HEADER,
  /** A condition on a claim that no claim can meet, or that has not one test. */
  INVALID_CLAIM,
  /** A text that is no scope. */
  INVALID_SCOPE,
  /** A condition on a tag that no tag can meet, or that has not one test. */
  INVALID_TAG,
  /** Actors that are neither a list nor the word any, or one that is no actor. */
  INVALID_ACTOR,
  /** A grant that no caller can hold, or one that a deny rule requires. */
  INVALID_GRANT,
  /** A principal of an issuer, authority or trust domain that the server does not have. */
  UNKNOWN_ALIAS,
  /** A case's caller that is no principal. */
  INVALID_CALLER,
  /** A case's method that is no method. */
  INVALID_METHOD,
  /** A case's address that is no IP address. */
  INVALID_ADDRESS,
  /** A case's expected answer that is neither yes nor no. */
  INVALID_EXPECT,
  /** A case that asks what another one asks. */
  REPEATED_CASE,
  /** A text that is no length of time, or one out of its range. */
  INVALID_TIME,
  /** A number that is none, or out of its range. */
  INVALID_NUMBER,
  /** A word that is none of those that may stand there. */
  INVALID_WORD,
  /** A directory of people that is neither roles nor an issuer, or is there twice. */
  INVALID_DIRECTORY,
  /** A directory, or a permission set of one, that the text does not define. */
  UNKNOWN_DIRECTORY,
  /** A party that is not one directory, one role or one subject. */
  INVALID_PARTY,
  /** A permission that is no name, or has a rule already. */
  INVALID_PERMISSION,
  /** A text that is no pattern of resources. */
  INVALID_RESOURCE,
  /** A text that is no pattern of tickets. */
  INVALID_TICKET,
  /** A quorum that the reviewers cannot reach. */
  QUORUM_OUT_OF_REACH;

  private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** The kind as tools compare it, such as {@code unknown-key}. */
  @Override
  public String toString() {
    return word;
  }
}
