package dev.rolecall.identity;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.InvalidValue;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who is calling, as STS confirmed it: a session of an IAM role. Where a server's handler reads a
 * caller, the verifier made it.
 */
public final class Caller {

  private static final Pattern SESSION_NAME = Pattern.compile("[A-Za-z0-9_+=,.@-]{1,64}");

  private final RoleArn role;
  private final String sessionName;
  private final RoleId roleId;
  private final Instant notAfter;
  private final CallerEvidence evidence;
  private final Optional<String> accessKeyId;
  private final Optional<SignedFor> signedFor;

  /**
   * What a caller's proof was signed for. No part of it is a secret.
   *
   * @param endpoint the host of the STS endpoint
   * @param region the Region of that endpoint
   * @param audience the audience, which was the server's own
   */
  public record SignedFor(String endpoint, String region, String audience) {
    /** Checks that nothing is absent. */
    public SignedFor {
      requireNonNull(endpoint, "endpoint");
      requireNonNull(region, "region");
      requireNonNull(audience, "audience");
    }
  }

  private Caller(
      RoleArn role,
      String sessionName,
      RoleId roleId,
      Instant notAfter,
      CallerEvidence evidence,
      Optional<String> accessKeyId,
      Optional<SignedFor> signedFor) {
    this.role = requireNonNull(role, "role");
    this.sessionName = requireNonNull(sessionName, "sessionName");
    this.roleId = requireNonNull(roleId, "roleId");
    this.notAfter = requireNonNull(notAfter, "notAfter");
    this.evidence = requireNonNull(evidence, "evidence");
    this.accessKeyId = requireNonNull(accessKeyId, "accessKeyId");
    this.signedFor = requireNonNull(signedFor, "signedFor");
    if (!SESSION_NAME.matcher(sessionName).matches()) {
      throw InvalidValue.of(
          "session name", sessionName, "1 to 64 characters of A-Z a-z 0-9 _ + = , . @ -");
    }
  }

  /**
   * The caller that STS named for a proof in a call's metadata. Rolecall's verifier is the one that
   * may say so; in a test of your own handler, so may you.
   *
   * @param role the role
   * @param sessionName the role session's name, 1 to 64 characters of {@code [A-Za-z0-9_+=,.@-]}
   * @param roleId the role's unique id
   * @param notAfter when the proof lapses
   * @throws IllegalArgumentException if the session name breaks its rule
   */
  public static Caller confirmedBySts(
      RoleArn role, String sessionName, RoleId roleId, Instant notAfter) {
    return new Caller(
        role,
        sessionName,
        roleId,
        notAfter,
        CallerEvidence.CALL_PROOF,
        Optional.empty(),
        Optional.empty());
  }

  /**
   * The caller that STS named for that evidence; otherwise as the shorter form.
   *
   * @param evidence what the caller showed
   * @throws IllegalArgumentException if the session name breaks its rule
   */
  public static Caller confirmedBySts(
      RoleArn role, String sessionName, RoleId roleId, Instant notAfter, CallerEvidence evidence) {
    return new Caller(
        role, sessionName, roleId, notAfter, evidence, Optional.empty(), Optional.empty());
  }

  /**
   * The same caller, who signed with that access key.
   *
   * @param accessKeyId the access key id of the proof that STS confirmed
   */
  public Caller signedWith(String accessKeyId) {
    requireNonNull(accessKeyId, "accessKeyId");
    return new Caller(
        role, sessionName, roleId, notAfter, evidence, Optional.of(accessKeyId), signedFor);
  }

  /**
   * The same caller, whose proof was signed for that.
   *
   * @param target as the verifier found it in the proof that STS confirmed
   */
  public Caller signedFor(SignedFor target) {
    return new Caller(
        role, sessionName, roleId, notAfter, evidence, accessKeyId, Optional.of(target));
  }

  /** The role. */
  public RoleArn role() {
    return role;
  }

  /**
   * The session's name. Whoever may assume the role chooses it: good for a log, never for a
   * decision.
   */
  public String sessionName() {
    return sessionName;
  }

  /** The role's unique id, which changes when the role is deleted and created again. */
  public RoleId roleId() {
    return roleId;
  }

  /** When the proof lapses: {@code X-Amz-Date} plus the shorter of its life and the verifier's. */
  public Instant notAfter() {
    return notAfter;
  }

  /** What the caller showed: a proof with the call, or an attested certificate. */
  public CallerEvidence evidence() {
    return evidence;
  }

  /**
   * The id of the access key that signed the proof: what CloudTrail knows the session by. No
   * secret. Empty where the caller was not made by the verifier. Two callers may differ in it and
   * be equal.
   */
  public Optional<String> accessKeyId() {
    return accessKeyId;
  }

  /**
   * What the proof was signed for, for logs and audit records. Empty where the caller was not made
   * by the verifier. Two callers may differ in it and be equal.
   */
  public Optional<SignedFor> signedFor() {
    return signedFor;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Caller that
        && role.equals(that.role)
        && sessionName.equals(that.sessionName)
        && roleId.equals(that.roleId)
        && notAfter.equals(that.notAfter)
        && evidence == that.evidence;
  }

  @Override
  public int hashCode() {
    return Objects.hash(role, sessionName, roleId, notAfter, evidence);
  }

  /**
   * The ARN as STS writes it: {@code arn:{partition}:sts::{account}:assumed-role/{role}/{session}}.
   */
  @Override
  public String toString() {
    return "arn:"
        + role.partition()
        + ":sts::"
        + role.account()
        + ":assumed-role/"
        + role.name()
        + "/"
        + sessionName;
  }
}
