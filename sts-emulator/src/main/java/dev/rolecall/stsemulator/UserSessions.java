package dev.rolecall.stsemulator;

import dev.rolecall.stsemulator.internal.answer.AnswerField;
import dev.rolecall.stsemulator.internal.answer.AnswerField.Group;
import dev.rolecall.stsemulator.internal.answer.StsRefusal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The action GetSessionToken. Unlike STS, MFA is ignored.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html">GetSessionToken</a>
 */
final class UserSessions {

  private static final long SHORTEST = 900;
  private static final long LONGEST = 129_600;
  private static final long BY_DEFAULT = 43_200;
  private static final long LONGEST_OF_ROOT = 3_600;

  private final PrincipalDirectory directory;

  UserSessions(PrincipalDirectory directory) {
    this.directory = directory;
  }

  Group getSessionToken(Parameters parameters, EmulatedCredentials caller, Instant now)
      throws StsRefusal {
    if (caller.sessionToken().isPresent()) {
      throw StsRefusal.denied("Cannot call GetSessionToken with session credentials");
    }
    long seconds = parameters.seconds("DurationSeconds", SHORTEST, LONGEST, BY_DEFAULT);
    if (caller.identity().principal().kind() == PrincipalArn.Kind.ROOT) {
      seconds = Math.min(seconds, LONGEST_OF_ROOT);
    }
    Instant end = now.truncatedTo(ChronoUnit.SECONDS).plusSeconds(seconds);
    return AnswerField.group(
        "GetSessionTokenResult", RoleSessions.credentials(directory.issue(caller.identity(), end)));
  }
}
