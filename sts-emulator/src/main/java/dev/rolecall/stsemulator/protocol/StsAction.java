package dev.rolecall.stsemulator.protocol;

import java.util.Arrays;

/** An STS action, as the emulator counts requests. */
public enum StsAction {
  /** The identity of the signer. */
  GET_CALLER_IDENTITY("GetCallerIdentity"),
  /** Credentials of a role, for a caller that has credentials. */
  ASSUME_ROLE("AssumeRole"),
  /** Credentials of a role, for the bearer of a web identity token. */
  ASSUME_ROLE_WITH_WEB_IDENTITY("AssumeRoleWithWebIdentity"),
  /** Temporary credentials of an IAM user. */
  GET_SESSION_TOKEN("GetSessionToken"),
  /** A signed token of the caller's identity, for services outside AWS. */
  GET_WEB_IDENTITY_TOKEN("GetWebIdentityToken"),
  /** Anything else, and requests that could not be read. */
  UNKNOWN("");

  private final String wireName;

  StsAction(String wireName) {
    this.wireName = wireName;
  }

  /** The value of the parameter {@code Action}; empty for {@link #UNKNOWN}. */
  public String wireName() {
    return wireName;
  }

  /** The action of that name; {@link #UNKNOWN} if STS has none. */
  public static StsAction ofWireName(String name) {
    return Arrays.stream(values())
        .filter(action -> action.wireName.equals(name))
        .findFirst()
        .orElse(UNKNOWN);
  }
}
