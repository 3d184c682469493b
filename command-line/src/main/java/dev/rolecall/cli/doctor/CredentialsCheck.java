package dev.rolecall.cli.doctor;

import dev.rolecall.client.CredentialsSearch;
import dev.rolecall.client.credentials.CredentialsAttempt;
import dev.rolecall.client.credentials.CredentialsFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/**
 * A search for AWS credentials. It reports the place where they are, or the failure of each place.
 */
final class CredentialsCheck {

  static final String NAME = "credentials";

  private static final String ATTACH =
      "run where a role is attached (EC2, ECS, EKS, Lambda), or set AWS_PROFILE, or sign in with"
          + " 'aws sso login'";

  private final Duration patience;
  private final List<Finding> findings = new ArrayList<>();

  /**
   * Looks nowhere yet.
   *
   * @param patience how long the search may take
   */
  CredentialsCheck(Duration patience) {
    this.patience = patience;
  }

  /** Looks; blocks for the patience at most. Empty if there are none. */
  Optional<AwsCredentials> look() {
    CredentialsSearch search = CredentialsSearch.within(patience);
    List<CredentialsAttempt> failed =
        search.attempts().stream().filter(CredentialsAttempt::isSetUp).toList();
    if (search.found().isPresent()) {
      CredentialsSearch.Found found = search.found().get();
      if (isWithoutItsToken(found.credentials())) {
        findings.add(
            Finding.wrong(
                NAME,
                found.credentials().accessKeyId()
                    + " is a temporary key (ASIA...) without its session token, from "
                    + found.place(),
                "set the session token that came with it: AWS_SESSION_TOKEN, or aws_session_token"
                    + " in the profile"));
        return Optional.empty();
      }
      findings.add(found(found, failed));
      return found.credentials() instanceof AwsCredentials keys
          ? Optional.of(keys)
          : Optional.empty();
    }
    if (failed.isEmpty()) {
      findings.add(
          Finding.wrong(NAME, "none, in any place of the AWS SDK's default chain", ATTACH));
    }
    failed.forEach(each -> findings.add(Finding.wrong(NAME, each.toString(), cure(each))));
    return Optional.empty();
  }

  /** What it came to. */
  List<Finding> findings() {
    return List.copyOf(findings);
  }

  /**
   * AWS gives temporary keys alone that prefix, and refuses them without their token.
   *
   * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html">IAM
   *     identifiers</a>
   */
  private static boolean isWithoutItsToken(AwsCredentialsIdentity identity) {
    return identity.accessKeyId().startsWith("ASIA")
        && !(identity instanceof AwsSessionCredentialsIdentity);
  }

  private static Finding found(CredentialsSearch.Found found, List<CredentialsAttempt> failed) {
    AwsCredentialsIdentity identity = found.credentials();
    String kind =
        identity instanceof AwsSessionCredentialsIdentity ? "of a session" : "without a session";
    String words = identity.accessKeyId() + ", " + kind + ", from " + found.place();
    return failed.isEmpty()
        ? Finding.ok(NAME, words)
        : Finding.wrong(NAME, words + "; passed over: " + failed.get(0), cure(failed.get(0)));
  }

  private static String cure(CredentialsAttempt attempt) {
    return switch (attempt.place()) {
      case CONTAINER -> ofContainer(attempt);
      case WEB_IDENTITY, PROFILE -> ofSts(attempt);
      default -> usual(attempt);
    };
  }

  private static String ofContainer(CredentialsAttempt attempt) {
    return attempt.failure() == CredentialsFailure.INVALID
        ? "set AWS_CONTAINER_CREDENTIALS_FULL_URI to https://HOST/PATH, or to http:// and this"
            + " machine's own address; or unset it"
        : usual(attempt);
  }

  /** Of places whose credentials AWS itself gives, and no agent. */
  private static String ofSts(CredentialsAttempt attempt) {
    return switch (attempt.failure()) {
      case CONNECTION_REFUSED, TIMED_OUT, NAME_UNKNOWN ->
          "give this pod or machine a way to STS (or SSO, for a sign-in): look at DNS, the route or"
              + " VPC endpoint, network policies, AWS_ENDPOINT_URL_STS, and proxy settings";
      default -> usual(attempt);
    };
  }

  private static String usual(CredentialsAttempt attempt) {
    return switch (attempt.failure()) {
      case INCOMPLETE, INVALID ->
          "set all that place needs (key id, secret key and session token; role and token file), or"
              + " unset it";
      case CONTRADICTORY ->
          "unset AWS_USE_FIPS_ENDPOINT AWS_USE_DUALSTACK_ENDPOINT (or their like in the profile), or"
              + " unset the endpoint's URL";
      case NO_SUCH_PROFILE ->
          "correct AWS_PROFILE (or source_profile), or add the profile: 'aws configure"
              + " list-profiles' shows those there are";
      case PROFILE_CIRCLE ->
          "have one of them name credentials of its own: keys, sso_session, or credential_source"
              + " in place of source_profile";
      case PROCESS_FAILED -> "run the profile's credential_process in this shell, and mend it";
      case PROCESS_HUNG ->
          "run the profile's credential_process in this shell, and mend it: it may wait for an"
              + " answer or a network, and must end by itself";
      case PROCESS_OUTPUT ->
          "have it print {\"Version\": 1, \"AccessKeyId\": ..., \"SecretAccessKey\": ...,"
              + " \"SessionToken\": ..., \"Expiration\": ...}, and nothing else";
      case NOT_SIGNED_IN -> "sign in: aws sso login, with --profile where it is not AWS_PROFILE";
      case FILE_MISSING, FILE_UNREADABLE ->
          "put the file there, readable by this user and as its format wants it, or correct its"
              + " name";
      case HTTP_STATUS ->
          "see that a role is attached to the task, pod or instance, and that its agent runs";
      case ANSWER_INVALID ->
          "see what answers there: the endpoint must be the agent's own (ECS, EKS Pod Identity), and"
              + " give AccessKeyId, SecretAccessKey, Token and Expiration in JSON";
      case AWS_REFUSED ->
          "let the role's trust policy name this identity, and this identity assume that role";
      case CONNECTION_REFUSED, TIMED_OUT, NAME_UNKNOWN ->
          "see that the agent runs and that no proxy or network policy stands before it (NO_PROXY;"
              + " the metadata service's hop limit)";
      case NOT_SET_UP, DISABLED, OTHER -> ATTACH;
    };
  }
}
