package dev.rolecall.client.internal;

import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * Puts a refusal of GetWebIdentityToken in words: AWS's code, and the next step. Never in AWS's own
 * message, which may echo anything of the request.
 */
public final class WebIdentityWords {

  private static final String DISABLED = "OutboundWebIdentityFederationDisabledException";
  private static final String ESCALATION = "SessionDurationEscalationException";
  private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");

  private WebIdentityWords() {}

  /**
   * The refusal and the next step.
   *
   * @param audience the audience that was asked for
   * @param account the account of the caller, where the credentials name it
   */
  public static String of(AwsServiceException refusal, String audience, Optional<String> account) {
    String text = "STS gave no web identity token: " + AwsWords.of(refusal);
    String step = step(AwsWords.code(refusal), audience, account);
    return step.isEmpty() ? text : text + ": " + step;
  }

  private static String step(String code, String audience, Optional<String> account) {
    return switch (code) {
      case DISABLED ->
          "enable outbound identity federation in "
              + account
                  .filter(id -> ACCOUNT.matcher(id).matches())
                  .map(id -> "account " + id)
                  .orElse("the account of the caller")
              + " ('aws iam enable-outbound-web-identity-federation')";
      case "AccessDenied", "AccessDeniedException" ->
          "allow sts:GetWebIdentityToken for the audience "
              + audience
              + ", RS256 and that duration in the caller's IAM policy, as"
              + " iam-policies/permissions/web-identity.json does";
      case ESCALATION -> "the AWS session ends first; the next attempt asks with a new session";
      case "JWTPayloadSizeExceededException" ->
          "the caller's principal and session tags take too much space; use fewer";
      case "InvalidAction" ->
          "this STS has no GetWebIdentityToken; the global endpoint has none, a Regional one has";
      default -> "";
    };
  }

  /** Whether another attempt may succeed as things are. */
  public static boolean isPassing(AwsServiceException refusal) {
    return AwsWords.isPassing(refusal) || isOfSession(refusal);
  }

  /** Whether the AWS session is the reason, so that a new one may help. */
  public static boolean isOfSession(AwsServiceException refusal) {
    return AwsWords.code(refusal).equals(ESCALATION);
  }
}
