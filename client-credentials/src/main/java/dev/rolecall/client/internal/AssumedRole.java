package dev.rolecall.client.internal;

import dev.rolecall.identity.RoleArn;
import dev.rolecall.identity.internal.InvalidValue;
import java.util.regex.Pattern;

/**
 * A role to assume before signing.
 *
 * @param arn the role's ARN with its path, which STS wants and {@link RoleArn} drops
 * @param sessionName the name of the session
 * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html">STS
 *     AssumeRole</a>
 */
public record AssumedRole(String arn, String sessionName) {

  private static final Pattern SESSION_NAME = Pattern.compile("[A-Za-z0-9_+=,.@-]{2,64}");
  private static final int MAX_SESSION_NAME = 64;

  /** Checks both. */
  public AssumedRole {
    RoleArn.parse(arn);
    if (!SESSION_NAME.matcher(sessionName).matches()) {
      throw InvalidValue.of(
          "session name", sessionName, "2 to 64 characters of A-Z a-z 0-9 _ + = , . @ -");
    }
  }

  /**
   * That role in a session named after an audience, cut at 64 characters. The alphabet of session
   * names holds that of audiences; other characters become hyphens.
   */
  public static AssumedRole of(String arn, String audience) {
    String name = "rolecall-" + audience.replaceAll("[^A-Za-z0-9_+=,.@-]", "-");
    return new AssumedRole(arn, name.substring(0, Math.min(name.length(), MAX_SESSION_NAME)));
  }
}
