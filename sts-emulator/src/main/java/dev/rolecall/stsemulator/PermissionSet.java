package dev.rolecall.stsemulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.rolecall.stsemulator.internal.InvalidValue;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A permission set of IAM Identity Center as an account has it: a role that users sign in to, each
 * in a session of the user's name. No caller chooses the name of such a session: the emulator
 * refuses AssumeRole for the role, as AWS's trust policy of it does.
 *
 * <p>Unlike AWS, the role's name ends in the same sixteen digits for every set, and its unique id
 * follows from account and name, so that a file of rules can state both.
 *
 * @param account the account's twelve digits
 * @param name the set's name: 1 to 32 characters of {@code A-Z a-z 0-9 _ + = , . @ -}
 * @param roleId the unique id of its role, {@code AROA...}
 * @see <a
 *     href="https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html">
 *     Referencing permission sets</a>
 */
public record PermissionSet(String account, String name, String roleId) {

  private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_+=,.@-]{1,32}");
  private static final String DIGITS = "0123456789abcdef";
  private static final int ID_LENGTH = 17;

  /**
   * Checks account and name; the id is checked with each user.
   *
   * @throws IllegalArgumentException if one breaks its rule
   */
  public PermissionSet {
    if (!ACCOUNT.matcher(requireNonNull(account, "account")).matches()) {
      throw InvalidValue.of("account", account, "12 digits");
    }
    if (!NAME.matcher(requireNonNull(name, "name")).matches()) {
      throw InvalidValue.of(
          "permission set", name, "1 to 32 characters of A-Z a-z 0-9 _ + = , . @ -");
    }
    requireNonNull(roleId, "roleId");
  }

  /**
   * The permission set of that name in an account, with a unique id that follows from both.
   *
   * @throws IllegalArgumentException if one breaks its rule
   */
  public static PermissionSet of(String account, String name) {
    String hash = UUID.nameUUIDFromBytes((account + "/" + name).getBytes(UTF_8)).toString();
    String id = hash.replace("-", "").substring(0, ID_LENGTH).toUpperCase(Locale.ROOT);
    return new PermissionSet(account, name, "AROA" + id);
  }

  /** The same with another unique id of its role, {@code AROA...}. */
  public PermissionSet withRoleId(String id) {
    return new PermissionSet(account, name, id);
  }

  /** The name of its role: {@code AWSReservedSSO_{name}_0123456789abcdef}. */
  public String roleName() {
    return "AWSReservedSSO_" + name + "_" + DIGITS;
  }

  /** The ARN of its role, with the path that Identity Center gives it. */
  public String roleArn() {
    return "arn:aws:iam::" + account + ":role/" + PrincipalArn.PERMISSION_SETS + roleName();
  }

  /**
   * A user in a session of it. {@link StsEmulator#add} makes the user's credentials.
   *
   * @param user the user's name, such as {@code ana@example.com}: the rule of {@link
   *     EmulatedPrincipal.Builder#sessionName}
   * @throws IllegalArgumentException if the name breaks that rule, or the id is none of a role
   */
  public EmulatedPrincipal user(String user) {
    return EmulatedPrincipal.builder(roleArn()).uniqueId(roleId).sessionName(user).build();
  }
}
