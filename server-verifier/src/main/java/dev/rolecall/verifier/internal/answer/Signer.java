package dev.rolecall.verifier.internal.answer;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.Partition;
import dev.rolecall.identity.RoleArn;
import dev.rolecall.identity.RoleId;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The principal that signed a proof, read from the structure of the ARN that STS gave. A user whose
 * path is {@code /assumed-role/admin/} is a user.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#principaltable">Principal
 *     key values</a>
 */
public sealed interface Signer {

  /** Calls the function of the arm this is. */
  default <T> T fold(
      Function<RoleSession, T> roleSession, Supplier<T> notARole, Supplier<T> malformed) {
    if (this instanceof RoleSession arm) {
      return roleSession.apply(arm);
    }
    if (this instanceof NotARole) {
      return notARole.get();
    }
    if (this instanceof Malformed) {
      return malformed.get();
    }
    throw new AssertionError("no arm of Signer");
  }

  /**
   * Reads an answer of an endpoint in {@code partition}. Its three texts must agree with one
   * another and with the partition.
   */
  static Signer read(StsIdentity identity, Partition partition) {
    return SignerText.read(identity, partition);
  }

  /**
   * A session of a role.
   *
   * @param role the role
   * @param name the session's name, of STS's alphabet
   * @param roleId the role's unique id
   */
  record RoleSession(RoleArn role, String name, RoleId roleId) implements Signer {
    /** Checks that nothing is absent. */
    public RoleSession {
      requireNonNull(role, "role");
      requireNonNull(name, "name");
      requireNonNull(roleId, "roleId");
    }
  }

  /**
   * Another principal of the account: a user, the root user, a federated user, an EC2 instance by
   * itself ({@code assumed-role/aws:ec2-instance/i-...}), or one of a kind that AWS has yet to add.
   */
  record NotARole() implements Signer {}

  /** Three texts that contradict one another, or the endpoint's partition: no signer of STS's. */
  record Malformed() implements Signer {}
}
