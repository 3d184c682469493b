package dev.rolecall.stsemulator;

import dev.rolecall.stsemulator.internal.answer.AnswerField;
import dev.rolecall.stsemulator.internal.answer.AnswerField.Group;
import dev.rolecall.stsemulator.internal.answer.StsRefusal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The actions AssumeRole and AssumeRoleWithWebIdentity.
 *
 * <p>Unlike STS, there are no trust policies: every known principal may assume every known role, in
 * any account. As at STS, no one assumes the role of a {@link PermissionSet}. Session policies,
 * tags, an external id, a source identity and MFA are accepted and ignored. A role's maximum
 * session duration is always twelve hours.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html">AssumeRole</a>
 */
final class RoleSessions {

  /** Of what is asked for; names of one letter come from Lambda alone. */
  private static final Pattern SESSION_NAME = Pattern.compile("[A-Za-z0-9_+=,.@-]{2,64}");

  private static final long SHORTEST = 900;
  private static final long LONGEST = 43_200;
  private static final long BY_DEFAULT = 3_600;
  private static final long LONGEST_IN_A_CHAIN = 3_600;

  private final PrincipalDirectory directory;
  private final WebIdentities webIdentities;

  RoleSessions(PrincipalDirectory directory, WebIdentities webIdentities) {
    this.directory = directory;
    this.webIdentities = webIdentities;
  }

  Group assumeRole(Parameters parameters, EmulatedCredentials caller, Instant now)
      throws StsRefusal {
    Wish wish = Wish.of(parameters);
    PrincipalArn principal = caller.identity().principal();
    if (principal.kind() == PrincipalArn.Kind.ROOT) {
      throw StsRefusal.denied("Roles may not be assumed by root accounts.");
    }
    if (principal.isRole() && wish.seconds() > LONGEST_IN_A_CHAIN) {
      throw StsRefusal.invalid(
          "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by"
              + " role chaining");
    }
    EmulatedCredentials issued =
        issue(wish, now)
            .orElseThrow(
                () ->
                    StsRefusal.denied(
                        "User: %s is not authorized to perform: sts:AssumeRole on resource: %s"
                            .formatted(caller.callerArn(), wish.roleArn())));
    return AnswerField.group("AssumeRoleResult", assumedRoleUser(issued), credentials(issued));
  }

  /** Not signed: the token speaks for the caller. */
  Group assumeRoleWithWebIdentity(Parameters parameters, Instant now) throws StsRefusal {
    Wish wish = Wish.of(parameters);
    String subject = webIdentities.subjectOf(parameters.require("WebIdentityToken"));
    EmulatedCredentials issued =
        issue(wish, now)
            .orElseThrow(
                () -> StsRefusal.denied("Not authorized to perform sts:AssumeRoleWithWebIdentity"));
    return AnswerField.group(
        "AssumeRoleWithWebIdentityResult",
        AnswerField.text("SubjectFromWebIdentityToken", subject),
        AnswerField.text("Audience", WebIdentities.AUDIENCE),
        assumedRoleUser(issued),
        credentials(issued),
        AnswerField.text("Provider", WebIdentities.PROVIDER));
  }

  private Optional<EmulatedCredentials> issue(Wish wish, Instant now) {
    Instant end = now.truncatedTo(ChronoUnit.SECONDS).plusSeconds(wish.seconds());
    return directory.issueForRole(wish.roleArn(), wish.sessionName(), end);
  }

  private static Group assumedRoleUser(EmulatedCredentials issued) {
    return AnswerField.group(
        "AssumedRoleUser",
        AnswerField.text("AssumedRoleId", issued.userId()),
        AnswerField.text("Arn", issued.callerArn()));
  }

  /** Issued credentials, as every action that issues some writes them. */
  static Group credentials(EmulatedCredentials issued) {
    return AnswerField.group(
        "Credentials",
        AnswerField.text("AccessKeyId", issued.accessKeyId()),
        AnswerField.text("SecretAccessKey", issued.secretAccessKey()),
        AnswerField.text("SessionToken", issued.sessionToken().orElseThrow()),
        AnswerField.time("Expiration", issued.expiresAt().orElseThrow()));
  }

  /** The parameters that both actions share. */
  private record Wish(String roleArn, String sessionName, long seconds) {

    static Wish of(Parameters parameters) throws StsRefusal {
      String roleArn = parameters.require("RoleArn");
      if (!roleArn.startsWith("arn:") || !roleArn.contains(":role/")) {
        throw StsRefusal.invalid(roleArn + " is invalid");
      }
      String sessionName = parameters.require("RoleSessionName");
      if (!SESSION_NAME.matcher(sessionName).matches()) {
        throw Parameters.broken(
            "'" + sessionName + "'",
            "RoleSessionName",
            "Member must satisfy regular expression pattern: [\\w+=,.@-]{2,64}");
      }
      long seconds = parameters.seconds("DurationSeconds", SHORTEST, LONGEST, BY_DEFAULT);
      return new Wish(roleArn, sessionName, seconds);
    }
  }
}
