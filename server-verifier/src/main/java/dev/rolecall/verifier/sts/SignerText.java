package dev.rolecall.verifier.sts;

import dev.rolecall.identity.AccountId;
import dev.rolecall.identity.Partition;
import dev.rolecall.identity.RoleArn;
import dev.rolecall.identity.RoleId;
import dev.rolecall.identity.RoleName;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The reader of what {@link Signer} says. */
final class SignerText {

  /** Six fields; what the sixth may hold, colons included, is its own pattern's affair. */
  private static final int ARN_FIELDS = 6;

  private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");
  private static final Pattern ASSUMED_ROLE =
      Pattern.compile("assumed-role/([A-Za-z0-9_+=,.@-]{1,64})/([A-Za-z0-9_+=,.@-]{2,64})");
  private static final Pattern ROLE_USER_ID =
      Pattern.compile("(AROA[A-Z0-9]{12,124}):([A-Za-z0-9_+=,.@-]{2,64})");
  private static final Pattern USER =
      Pattern.compile("user/([\\x21-\\x2e\\x30-\\x7e]{1,510}/){0,64}[A-Za-z0-9_+=,.@-]{1,64}");
  private static final Pattern USER_ID = Pattern.compile("AIDA[A-Z0-9]{12,124}");
  private static final Pattern FEDERATED_USER =
      Pattern.compile("federated-user/([A-Za-z0-9_+=,.@-]{2,64})");

  private static final Signer MALFORMED = new Signer.Malformed();
  private static final Signer NOT_A_ROLE = new Signer.NotARole();

  private SignerText() {}

  static Signer read(StsIdentity identity, Partition partition) {
    String[] arn = identity.arn().split(":", ARN_FIELDS);
    if (arn.length != ARN_FIELDS
        || !arn[0].equals("arn")
        || !arn[1].equals(partition.id())
        || !arn[3].isEmpty()
        || !ACCOUNT.matcher(arn[4]).matches()
        || !arn[4].equals(identity.account())) {
      return MALFORMED;
    }
    return switch (arn[2]) {
      case "sts" -> temporary(identity, partition, arn[5]);
      case "iam" -> permanent(identity, arn[5]);
      default -> MALFORMED;
    };
  }

  private static Signer temporary(StsIdentity identity, Partition partition, String resource) {
    Matcher role = ASSUMED_ROLE.matcher(resource);
    if (role.matches()) {
      Matcher id = ROLE_USER_ID.matcher(identity.userId());
      if (!id.matches() || !id.group(2).equals(role.group(2))) {
        return MALFORMED;
      }
      return new Signer.RoleSession(
          new RoleArn(
              partition, AccountId.parse(identity.account()), RoleName.parse(role.group(1))),
          role.group(2),
          RoleId.parse(id.group(1)));
    }
    Matcher federated = FEDERATED_USER.matcher(resource);
    return federated.matches()
            && identity.userId().equals(identity.account() + ":" + federated.group(1))
        ? NOT_A_ROLE
        : MALFORMED;
  }

  private static Signer permanent(StsIdentity identity, String resource) {
    boolean root = resource.equals("root") && identity.userId().equals(identity.account());
    boolean user = USER.matcher(resource).matches() && USER_ID.matcher(identity.userId()).matches();
    return root || user ? NOT_A_ROLE : MALFORMED;
  }
}
