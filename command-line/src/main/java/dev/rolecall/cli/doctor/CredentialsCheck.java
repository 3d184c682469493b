package dev.rolecall.cli.doctor;

import dev.rolecall.cli.report.CredentialsAdvice;
import dev.rolecall.client.CredentialsSearch;
import dev.rolecall.client.credentials.CredentialsAttempt;
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
          Finding.wrong(
              NAME,
              "none, in any place of the AWS SDK's default chain",
              CredentialsAdvice.ON_NONE));
    }
    failed.forEach(
        each -> findings.add(Finding.wrong(NAME, each.toString(), CredentialsAdvice.on(each))));
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
        : Finding.wrong(
            NAME, words + "; passed over: " + failed.get(0), CredentialsAdvice.on(failed.get(0)));
  }
}
