package dev.rolecall.client.internal;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * Puts an AWS service's refusal in words that hold no secret: its code, HTTP status and request id.
 *
 * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html">STS common
 *     errors</a>
 */
public final class AwsWords {

  private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private AwsWords() {}

  /** The code, HTTP status and request id. */
  public static String of(AwsServiceException refusal) {
    return code(refusal)
        + " (HTTP "
        + refusal.statusCode()
        + ", request "
        + safe(refusal.requestId())
        + ")";
  }

  /** Whether another attempt may succeed as things are. */
  public static boolean isPassing(AwsServiceException refusal) {
    return isPassing(refusal.statusCode())
        || refusal.isThrottlingException()
        || code(refusal).equals("IDPCommunicationError");
  }

  /** The same of an HTTP status alone. */
  static boolean isPassing(int status) {
    return status >= 500 || status == 429 || status == 408;
  }

  static String code(AwsServiceException refusal) {
    AwsErrorDetails details = refusal.awsErrorDetails();
    return safe(details == null ? null : details.errorCode());
  }

  private static String safe(@Nullable String word) {
    return word != null && SAFE.matcher(word).matches() ? word : "unknown";
  }
}
