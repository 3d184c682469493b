package dev.rolecall.identity;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * A verified caller: a principal, its attributes, and how it was proven. A plain value, trusted
 * because a verifier that the server accepts gave it. A test of a handler makes its own.
 *
 * @param principal the identity, which policies match
 * @param attributes the attributes beside it, which policies may ask for
 * @param evidence the proof of it, for records alone
 * @param notAfter the instant at which the credential lapses
 * @param via the verified proxy that passed this caller on; empty for a caller that proved itself
 *     to this server. No pattern of a policy reads it
 */
public record Caller(
    Principal principal,
    Attributes attributes,
    Evidence evidence,
    Instant notAfter,
    Optional<Caller> via) {

  /** Checks that nothing is absent. */
  public Caller {
    requireNonNull(principal, "principal");
    requireNonNull(attributes, "attributes");
    requireNonNull(evidence, "evidence");
    requireNonNull(notAfter, "notAfter");
    requireNonNull(via, "via");
  }

  /** A caller that proved itself to this server. */
  public Caller(Principal principal, Attributes attributes, Evidence evidence, Instant notAfter) {
    this(principal, attributes, evidence, notAfter, Optional.empty());
  }

  /** The caller of that principal and evidence, without attributes. */
  public static Caller of(Principal principal, Evidence evidence, Instant notAfter) {
    return new Caller(principal, Attributes.none(), evidence, notAfter);
  }

  /** The same with those attributes. */
  public Caller with(Attributes attributes) {
    return new Caller(principal, attributes, evidence, notAfter, via);
  }

  /** The same, as that proxy passed it on. */
  public Caller via(Caller proxy) {
    return new Caller(principal, attributes, evidence, notAfter, Optional.of(proxy));
  }

  /** The role; empty if the caller is of another kind. */
  public Optional<IamRole> role() {
    return principal instanceof IamRole role ? Optional.of(role) : Optional.empty();
  }

  /**
   * The principal's text; of a role's session the ARN as STS writes it: {@code
   * arn:{partition}:sts::{account}:assumed-role/{role}/{session}}.
   */
  @Override
  public String toString() {
    return principal instanceof IamRole role
        ? evidence.sessionName().map(name -> session(role.arn(), name)).orElse(role.text())
        : principal.text();
  }

  private static String session(RoleArn role, String name) {
    return "arn:"
        + role.partition()
        + ":sts::"
        + role.account()
        + ":assumed-role/"
        + role.name()
        + "/"
        + name;
  }
}
