package dev.rolecall.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.InstanceProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;
import software.amazon.awssdk.auth.credentials.WebIdentityTokenFileCredentialsProvider;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileFileSystemSetting;

/**
 * Which AWS credentials there are, and where they come from: the parts of the SDK's default chain
 * in its order, since the chain as a whole does not tell.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/sdk-for-java/latest/developer-guide/credentials-chain.html">
 *     Default credentials provider chain</a>
 */
final class CredentialsCheck {

  static final String NAME = "credentials";

  private static final String ATTACH =
      "run where a role is attached (EC2, ECS, EKS, Lambda), or set AWS_PROFILE, or sign in with"
          + " 'aws sso login'";

  /**
   * One place to look in.
   *
   * @param name what it is called
   * @param isSetUp whether somebody meant credentials to be there
   */
  private record Place(
      String name, BooleanSupplier isSetUp, Supplier<? extends AwsCredentialsProvider> provider) {}

  private final List<Place> places =
      List.of(
          new Place(
              "Java system properties",
              () -> System.getProperty("aws.accessKeyId") != null,
              SystemPropertyCredentialsProvider::create),
          new Place(
              "environment variables",
              () -> isInEnvironment("AWS_ACCESS_KEY_ID"),
              EnvironmentVariableCredentialsProvider::create),
          new Place(
              "web identity token file (EKS service account)",
              () -> isInEnvironment("AWS_WEB_IDENTITY_TOKEN_FILE"),
              () -> WebIdentityTokenFileCredentialsProvider.builder().build()),
          new Place(
              "profile '" + profile() + "'",
              () -> isInEnvironment("AWS_PROFILE") || hasProfile() || !isDefaultProfile(),
              () -> ProfileCredentialsProvider.builder().build()),
          new Place(
              "container (ECS task, EKS Pod Identity)",
              () ->
                  isInEnvironment("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI")
                      || isInEnvironment("AWS_CONTAINER_CREDENTIALS_FULL_URI"),
              () -> ContainerCredentialsProvider.builder().build()),
          new Place(
              "EC2 instance metadata",
              () -> false,
              () -> InstanceProfileCredentialsProvider.builder().build()));

  private final List<Finding> findings = new ArrayList<>();

  /** Looks; blocks for as long as the SDK does. Empty if there are none. */
  Optional<AwsCredentials> look() {
    List<String> failed = new ArrayList<>();
    for (Place place : places) {
      try {
        AwsCredentials found = place.provider().get().resolveCredentials();
        findings.add(found(place, found, failed));
        return Optional.of(found);
      } catch (RuntimeException e) {
        // Never the words of what was thrown: a credential process may print anything.
        if (place.isSetUp().getAsBoolean()) {
          failed.add(place.name());
        }
      }
    }
    findings.add(
        failed.isEmpty()
            ? Finding.wrong(NAME, "none, in any place of the AWS SDK's default chain", ATTACH)
            : Finding.wrong(NAME, "none; not usable: " + String.join(", ", failed), mend()));
    return Optional.empty();
  }

  /** What it came to. */
  List<Finding> findings() {
    return List.copyOf(findings);
  }

  private static Finding found(Place place, AwsCredentialsIdentity identity, List<String> failed) {
    String kind =
        identity instanceof AwsSessionCredentialsIdentity ? "of a session" : "without a session";
    String found = identity.accessKeyId() + ", " + kind + ", from " + place.name();
    return failed.isEmpty()
        ? Finding.ok(NAME, found)
        : Finding.wrong(NAME, found + "; passed over: " + String.join(", ", failed), mend());
  }

  private static String mend() {
    return isDefaultProfile() || hasProfile()
        ? "set all that place needs (key id, secret key and session token; a readable token file),"
            + " or unset it"
        : "no file has the profile '" + profile() + "': correct AWS_PROFILE, or add the profile";
  }

  private static String profile() {
    return ProfileFileSystemSetting.AWS_PROFILE.getStringValueOrThrow();
  }

  private static boolean isDefaultProfile() {
    return profile().equals("default");
  }

  private static boolean hasProfile() {
    return ProfileFile.defaultProfileFile().profile(profile()).isPresent();
  }

  private static boolean isInEnvironment(String name) {
    return System.getenv(name) != null;
  }
}
