package dev.rolecall.cli.report;

import dev.rolecall.client.credentials.CredentialsAttempt;
import dev.rolecall.client.credentials.CredentialsFailure;

/** Advice on a place of the AWS SDK's default chain that gave no credentials. */
public final class CredentialsAdvice {

  /** The next step where no place was set up. */
  public static final String ON_NONE =
      "run where a role is attached (EC2, ECS, EKS, Lambda), or set AWS_PROFILE, or sign in with"
          + " 'aws sso login'";

  private CredentialsAdvice() {}

  /** The next step after that attempt. */
  public static String on(CredentialsAttempt attempt) {
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
      case NOT_SET_UP, DISABLED, OTHER -> ON_NONE;
    };
  }
}
