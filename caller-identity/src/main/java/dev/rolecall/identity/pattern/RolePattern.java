package dev.rolecall.identity.pattern;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.AccountId;
import dev.rolecall.identity.Attributes;
import dev.rolecall.identity.IamRole;
import dev.rolecall.identity.Partition;
import dev.rolecall.identity.Principal;
import dev.rolecall.identity.RoleArn;
import dev.rolecall.identity.RoleId;
import dev.rolecall.identity.RoleName;
import dev.rolecall.identity.internal.InvalidValue;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The roles that a rule means. No pattern spans accounts or partitions: every AWS account in the
 * world can make a valid proof, so a pattern without an account would admit strangers. The session
 * name is chosen by the caller and is never matched.
 *
 * <table>
 *   <caption>The spellings</caption>
 *   <tr><th>text</th><th>means</th></tr>
 *   <tr><td>{@code arn:aws:iam::111122223333:role/checkout}</td><td>that role</td></tr>
 *   <tr><td>{@code arn:aws:iam::111122223333:role/checkout#AROAEXAMPLE000000001}</td>
 *       <td>that role while it has that unique id: created again, it is a stranger</td></tr>
 *   <tr><td>{@code arn:aws:iam::111122223333:role/orders-*}</td>
 *       <td>roles of that account whose names start with {@code orders-}</td></tr>
 *   <tr><td>{@code arn:aws:iam::111122223333:*}</td><td>every role of that account</td></tr>
 *   <tr><td>{@code sso:111122223333:Admin}</td>
 *       <td>the role IAM Identity Center made for permission set {@code Admin}; partition {@code aws}.
 *       Elsewhere {@code sso:aws-us-gov:111122223333:Admin}</td></tr>
 * </table>
 */
public sealed interface RolePattern extends PrincipalPattern {

  /** Whether the pattern means that role, whatever its unique id. */
  boolean matches(RoleArn role);

  /** Whether the pattern means that role with that unique id. */
  default boolean matches(IamRole role) {
    return matches(role.arn());
  }

  @Override
  default boolean matches(Principal principal, Attributes attributes) {
    return principal instanceof IamRole role && matches(role);
  }

  /**
   * Reads one of the spellings above. A literal role may be written with its path, which is
   * dropped; {@code toString()} then differs from the text. A prefix may not: without the path it
   * would mean more than was written.
   *
   * @throws IllegalArgumentException if the text is no such pattern; the message names the text and
   *     the rule
   */
  static RolePattern parse(String text) {
    return RolePatternText.parse(text);
  }

  /**
   * One role.
   *
   * @param role the role
   */
  record ExactRole(RoleArn role) implements RolePattern {
    /** Checks that nothing is absent. */
    public ExactRole {
      requireNonNull(role, "role");
    }

    @Override
    public boolean matches(RoleArn role) {
      return this.role.equals(role);
    }

    @Override
    public Optional<Principal> onlyPrincipal() {
      return Optional.of(IamRole.ofUnknownId(role));
    }

    @Override
    public String toString() {
      return role.toString();
    }
  }

  /**
   * One role, as long as it has one unique id.
   *
   * @param role the role
   * @param id the unique id it must have
   */
  record PinnedRole(RoleArn role, RoleId id) implements RolePattern {
    /** Checks that nothing is absent. */
    public PinnedRole {
      requireNonNull(role, "role");
      requireNonNull(id, "id");
    }

    @Override
    public boolean matches(RoleArn role) {
      return this.role.equals(role);
    }

    /** An unknown id is not the one. */
    @Override
    public boolean matches(IamRole role) {
      return matches(role.arn()) && role.id().equals(Optional.of(id));
    }

    /** An unknown id may be the one. */
    @Override
    public boolean couldMatch(Principal principal, Attributes attributes) {
      return principal instanceof IamRole role
          && matches(role.arn())
          && (role.id().isEmpty() || matches(role));
    }

    @Override
    public Optional<Principal> onlyPrincipal() {
      return Optional.of(new IamRole(role, id));
    }

    @Override
    public String toString() {
      return role + "#" + id;
    }
  }

  /**
   * The roles of one account whose names start alike.
   *
   * @param partition the account's partition
   * @param account the account
   * @param prefix how the names start; empty for every name
   */
  record RolePrefix(Partition partition, AccountId account, String prefix) implements RolePattern {
    /**
     * Checks the prefix.
     *
     * @throws IllegalArgumentException if no role name can start like that
     */
    public RolePrefix {
      requireNonNull(partition, "partition");
      requireNonNull(account, "account");
      if (!prefix.isEmpty()) {
        RoleName.parse(prefix);
      }
    }

    @Override
    public boolean matches(RoleArn role) {
      return role.account().equals(account)
          && role.partition().equals(partition)
          && role.name().value().startsWith(prefix);
    }

    @Override
    public String toString() {
      return "arn:" + partition + ":iam::" + account + ":role/" + prefix + "*";
    }
  }

  /**
   * Every role of one account.
   *
   * @param partition the account's partition
   * @param account the account
   */
  record WholeAccount(Partition partition, AccountId account) implements RolePattern {
    /** Checks that nothing is absent. */
    public WholeAccount {
      requireNonNull(partition, "partition");
      requireNonNull(account, "account");
    }

    @Override
    public boolean matches(RoleArn role) {
      return role.account().equals(account) && role.partition().equals(partition);
    }

    @Override
    public String toString() {
      return "arn:" + partition + ":iam::" + account + ":*";
    }
  }

  /**
   * The role that IAM Identity Center made in one account for one permission set: {@code
   * AWSReservedSSO_{permission set}_{16 hexadecimal digits}}, exactly.
   *
   * @param partition the account's partition
   * @param account the account
   * @param name the permission set's name
   * @see <a
   *     href="https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html">Referencing
   *     permission sets</a>
   */
  record PermissionSet(Partition partition, AccountId account, String name) implements RolePattern {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_+=,.@-]{1,32}");
    private static final String PREFIX = "AWSReservedSSO_";
    private static final int SUFFIX_LENGTH = 17;
    private static final Pattern SUFFIX = Pattern.compile("_[0-9a-f]{16}");

    /**
     * Checks the name.
     *
     * @throws IllegalArgumentException if no permission set can have that name
     */
    public PermissionSet {
      requireNonNull(partition, "partition");
      requireNonNull(account, "account");
      if (!FORM.matcher(name).matches()) {
        throw InvalidValue.of(
            "permission set", name, "1 to 32 characters of A-Z a-z 0-9 _ + = , . @ -");
      }
    }

    @Override
    public boolean matches(RoleArn role) {
      return role.account().equals(account)
          && role.partition().equals(partition)
          && isForThisSet(role.name().value());
    }

    private boolean isForThisSet(String roleName) {
      int suffixAt = PREFIX.length() + name.length();
      return roleName.length() == suffixAt + SUFFIX_LENGTH
          && roleName.startsWith(PREFIX)
          && roleName.startsWith(name, PREFIX.length())
          && SUFFIX.matcher(roleName.substring(suffixAt)).matches();
    }

    @Override
    public String toString() {
      String inPartition = partition.equals(Partition.AWS) ? "" : partition + ":";
      return "sso:" + inPartition + account + ":" + name;
    }
  }
}
