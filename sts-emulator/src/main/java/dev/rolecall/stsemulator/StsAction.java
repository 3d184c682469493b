package dev.rolecall.stsemulator;

import java.util.Arrays;

/** What a request asked for, as the emulator counts it. */
public enum StsAction {
  /** Who signed this request? */
  GET_CALLER_IDENTITY("GetCallerIdentity"),
  /** Credentials of a role, for somebody who has credentials. */
  ASSUME_ROLE("AssumeRole"),
  /** Credentials of a role, for the bearer of a web identity token. */
  ASSUME_ROLE_WITH_WEB_IDENTITY("AssumeRoleWithWebIdentity"),
  /** Temporary credentials of an IAM user. */
  GET_SESSION_TOKEN("GetSessionToken"),
  /** Anything else, and requests that could not be read. */
  UNKNOWN("");

  private final String wireName;

  StsAction(String wireName) {
    this.wireName = wireName;
  }

  /** The value of {@code Action} that asks for it. */
  String wireName() {
    return wireName;
  }

  static StsAction ofWireName(String name) {
    return Arrays.stream(values())
        .filter(action -> action.wireName.equals(name))
        .findFirst()
        .orElse(UNKNOWN);
  }
}
