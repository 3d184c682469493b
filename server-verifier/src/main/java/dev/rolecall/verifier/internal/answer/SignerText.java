package dev.rolecall.verifier.internal.answer;

import dev.rolecall.identity.AccountId;
import dev.rolecall.identity.Partition;
import dev.rolecall.identity.RoleArn;
import dev.rolecall.identity.RoleId;
import dev.rolecall.identity.RoleName;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The reader of a {@link Signer}. A session of a role is known by the whole of its form. Every
 * other principal of the account is no role, whatever AWS calls it, because the peer chooses what
 * it signs with. Only texts that contradict one another are malformed.
 */
final class SignerText {

  /** Six fields; what the sixth may hold, colons included, is its own pattern's affair. */
  private static final int ARN_FIELDS = 6;

  private static final Pattern SERVICE = Pattern.compile("[a-z0-9-]{1,64}");
  private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");

  /** To DEL and with it: a user's path may have that, and the maker of the user chooses it. */
  private static final Pattern RESOURCE = Pattern.compile("[!-\\x7f]{1,2048}");

  private static final Pattern USER_ID = Pattern.compile("[!-~]{1,512}");
  private static final Pattern ASSUMED_ROLE =
      Pattern.compile("assumed-role/([A-Za-z0-9_+=,.@-]{1,64})/([A-Za-z0-9_+=,.@-]{1,64})");
  private static final Pattern ROLE_USER_ID =
      Pattern.compile("(AROA[A-Z0-9]{12,124}):([A-Za-z0-9_+=,.@-]{1,64})");

  private static final Signer MALFORMED = new Signer.Malformed();
  private static final Signer NOT_A_ROLE = new Signer.NotARole();

  private SignerText() {}

  static Signer read(StsIdentity identity, Partition partition) {
    String[] arn = identity.arn().split(":", ARN_FIELDS);
    if (arn.length != ARN_FIELDS
        || !arn[0].equals("arn")
        || !arn[1].equals(partition.id())
        || !SERVICE.matcher(arn[2]).matches()
        || !ACCOUNT.matcher(arn[4]).matches()
        || !arn[4].equals(identity.account())
        || !RESOURCE.matcher(arn[5]).matches()
        || !USER_ID.matcher(identity.userId()).matches()) {
      return MALFORMED;
    }
    Matcher role = ASSUMED_ROLE.matcher(arn[5]);
    Matcher id = ROLE_USER_ID.matcher(identity.userId());
    if (!arn[2].equals("sts") || !arn[3].isEmpty() || !role.matches() || !id.matches()) {
      return NOT_A_ROLE;
    }
    if (!id.group(2).equals(role.group(2))) {
      return MALFORMED;
    }
    return new Signer.RoleSession(
        new RoleArn(partition, AccountId.parse(identity.account()), RoleName.parse(role.group(1))),
        role.group(2),
        RoleId.parse(id.group(1)));
  }
}
