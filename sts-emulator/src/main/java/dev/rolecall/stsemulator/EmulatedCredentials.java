package dev.rolecall.stsemulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.security.MessageDigest;
import java.time.Instant;
import java.util.Optional;

/**
 * Credentials that the emulator accepts, and the identity they belong to. Immutable.
 *
 * <p>The secret access key and the session token are secrets: {@code toString} masks them and
 * equality takes constant time.
 */
public final class EmulatedCredentials {

  private final CallerIdentity identity;
  private final String accessKeyId;
  private final String secretAccessKey;
  private final Optional<String> sessionToken;
  private final Optional<Instant> expiresAt;

  EmulatedCredentials(
      CallerIdentity identity,
      String accessKeyId,
      String secretAccessKey,
      Optional<String> sessionToken,
      Optional<Instant> expiresAt) {
    this.identity = requireNonNull(identity, "identity");
    this.accessKeyId = requireNonNull(accessKeyId, "accessKeyId");
    this.secretAccessKey = requireNonNull(secretAccessKey, "secretAccessKey");
    this.sessionToken = requireNonNull(sessionToken, "sessionToken");
    this.expiresAt = requireNonNull(expiresAt, "expiresAt");
  }

  /** The access key id: {@code ASIA...} with a session token, {@code AKIA...} without. */
  public String accessKeyId() {
    return accessKeyId;
  }

  /** The secret access key. A secret. */
  public String secretAccessKey() {
    return secretAccessKey;
  }

  /** The session token; a secret. Empty for the long-term keys of users and root. */
  public Optional<String> sessionToken() {
    return sessionToken;
  }

  /** The end of the session; empty when it does not end within the run. */
  public Optional<Instant> expiresAt() {
    return expiresAt;
  }

  /** The ARN GetCallerIdentity answers: for a role, {@code ...:assumed-role/{role}/{session}}. */
  public String callerArn() {
    return identity.arn();
  }

  /** The UserId GetCallerIdentity answers: for a role, {@code AROA...:{session}}. */
  public String userId() {
    return identity.userId();
  }

  /** The account GetCallerIdentity answers: twelve digits. */
  public String account() {
    return identity.account();
  }

  CallerIdentity identity() {
    return identity;
  }

  /** Whether a request that carries that session token, or none, carries the right one. */
  boolean hasSessionToken(Optional<String> claimed) {
    return MessageDigest.isEqual(
        sessionToken.orElse("").getBytes(UTF_8), claimed.orElse("").getBytes(UTF_8));
  }

  /** A session has ended at the very instant it expires. */
  boolean hasEndedAt(Instant now) {
    return expiresAt.filter(end -> !now.isBefore(end)).isPresent();
  }

  private byte[] comparable() {
    return String.join(
            "\n",
            identity.arn(),
            identity.userId(),
            accessKeyId,
            secretAccessKey,
            sessionToken.orElse(""),
            expiresAt.map(Instant::toString).orElse(""))
        .getBytes(UTF_8);
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof EmulatedCredentials that
            && MessageDigest.isEqual(comparable(), that.comparable()));
  }

  @Override
  public int hashCode() {
    return accessKeyId.hashCode();
  }

  @Override
  public String toString() {
    return "EmulatedCredentials[" + identity.arn() + ", " + accessKeyId + ", ****]";
  }
}
