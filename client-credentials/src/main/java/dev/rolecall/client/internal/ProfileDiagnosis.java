package dev.rolecall.client.internal;

import static dev.rolecall.client.credentials.CredentialsFailure.CONTRADICTORY;
import static dev.rolecall.client.credentials.CredentialsFailure.FILE_UNREADABLE;
import static dev.rolecall.client.credentials.CredentialsFailure.INCOMPLETE;
import static dev.rolecall.client.credentials.CredentialsFailure.INVALID;
import static dev.rolecall.client.credentials.CredentialsFailure.NOT_SET_UP;
import static dev.rolecall.client.credentials.CredentialsFailure.NOT_SIGNED_IN;
import static dev.rolecall.client.credentials.CredentialsFailure.NO_SUCH_PROFILE;
import static dev.rolecall.client.credentials.CredentialsFailure.OTHER;
import static dev.rolecall.client.credentials.CredentialsFailure.PROCESS_FAILED;
import static dev.rolecall.client.credentials.CredentialsFailure.PROCESS_HUNG;
import static dev.rolecall.client.credentials.CredentialsFailure.PROCESS_OUTPUT;
import static dev.rolecall.client.credentials.CredentialsFailure.PROFILE_CIRCLE;
import static dev.rolecall.client.credentials.CredentialsPlace.PROFILE;

import dev.rolecall.client.credentials.CredentialsAttempt;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.profiles.Profile;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileFileSystemSetting;

/**
 * The reason why a profile gave no credentials. It follows the chain of {@code source_profile} to
 * the profile that should hold them.
 *
 * @see <a href="https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html">Shared config and
 *     credentials files</a>
 */
final class ProfileDiagnosis {

  private static final Pattern EXIT = Pattern.compile("non-zero exit value \\((-?[0-9]{1,6})\\)");

  private static final List<String> SOURCES =
      List.of("Environment", "Ec2InstanceMetadata", "EcsContainer");

  /** The kind of section that an {@code sso_session} names. */
  private static final String SESSIONS = "sso-session";

  private final Map<String, Profile> profiles;
  private final Throwable thrown;
  private final EndpointDiagnosis endpoint;
  private final Set<String> walked = new LinkedHashSet<>();

  private ProfileDiagnosis(
      Map<String, Profile> profiles, Throwable thrown, EndpointDiagnosis endpoint) {
    this.profiles = profiles;
    this.thrown = thrown;
    this.endpoint = endpoint;
  }

  static CredentialsAttempt of(Throwable thrown, EndpointDiagnosis endpoint) {
    String name = ProfileFileSystemSetting.AWS_PROFILE.getStringValueOrThrow();
    try {
      Map<String, Profile> profiles = ProfileFile.defaultProfileFile().profiles();
      if (!profiles.containsKey(name) && name.equals("default")) {
        return Attempts.lasting(PROFILE, NOT_SET_UP, "none called default");
      }
      return new ProfileDiagnosis(profiles, thrown, endpoint).of(name, "no profile ");
    } catch (RuntimeException e) {
      // Never its words: it quotes the line, which may hold a secret.
      return Attempts.lasting(
          PROFILE, FILE_UNREADABLE, "the config or credentials file is not as it should be");
    }
  }

  private CredentialsAttempt of(String name, String missing) {
    Profile profile = profiles.get(name);
    if (profile == null) {
      return Attempts.lasting(
          PROFILE,
          NO_SUCH_PROFILE,
          missing
              + quoted(name)
              + NearestName.to(name, profiles.keySet())
                  .map(near -> " (did you mean " + quoted(near) + "?)")
                  .orElse(""));
    }
    if (!walked.add(name)) {
      return Attempts.lasting(
          PROFILE,
          PROFILE_CIRCLE,
          "profiles that name each other as source_profile: "
              + String.join(" -> ", walked)
              + " -> "
              + name);
    }
    if (isSet(profile, "role_arn")) {
      return role(profile, name);
    }
    if (isSet(profile, "sso_session") || isSet(profile, "sso_start_url")) {
      return signOn(profile, name);
    }
    if (isSet(profile, "credential_process")) {
      return process(name);
    }
    return keys(profile, name);
  }

  private CredentialsAttempt role(Profile profile, String name) {
    Optional<String> source = profile.property("source_profile");
    boolean isItsOwnSource =
        source.filter(name::equals).isPresent() && isSet(profile, "aws_access_key_id");
    if (source.isPresent() && !isItsOwnSource) {
      CredentialsAttempt ofSource =
          of(source.get(), "profile " + quoted(name) + " has a source_profile that is missing: ");
      return ofSource.failure() == OTHER ? answered(name) : ofSource;
    }
    Optional<String> token = profile.property("web_identity_token_file");
    if (token.isPresent()) {
      return PlaceDiagnosis.file(PROFILE, quoted(name) + ": the token file", token.get())
          .orElseGet(() -> answered(name));
    }
    if (source.isEmpty() && !isSet(profile, "credential_source")) {
      return Attempts.lasting(
          PROFILE,
          INCOMPLETE,
          quoted(name) + " has role_arn and neither source_profile nor credential_source");
    }
    CredentialsAttempt answer = answered(name);
    return source.isEmpty() && answer.failure() == OTHER
        ? ofCredentialSource(profile, name)
        : answer;
  }

  private static CredentialsAttempt ofCredentialSource(Profile profile, String name) {
    return Attempts.lasting(
        PROFILE,
        INVALID,
        profile.property("credential_source").filter(SOURCES::contains).isPresent()
            ? "the credential_source of " + quoted(name) + " has no credentials"
            : "the credential_source of "
                + quoted(name)
                + " is none of "
                + String.join(", ", SOURCES));
  }

  private CredentialsAttempt signOn(Profile profile, String name) {
    CredentialsAttempt answer = answered(name);
    if (answer.failure() == CONTRADICTORY) {
      return answer;
    }
    String session = profile.property("sso_session").orElse("");
    if (!session.isBlank()
        && ProfileFile.defaultProfileFile().getSection(SESSIONS, session).isEmpty()) {
      return Attempts.lasting(
          PROFILE,
          INCOMPLETE,
          quoted(name) + " has an sso_session that is missing: [sso-session " + session + "]");
    }
    List<String> lacking =
        Stream.of("sso_account_id", "sso_role_name").filter(key -> !isSet(profile, key)).toList();
    if (!lacking.isEmpty()) {
      return Attempts.lasting(
          PROFILE, INCOMPLETE, quoted(name) + " lacks " + String.join(" and ", lacking));
    }
    boolean isRefused =
        Thrown.first(thrown, AwsServiceException.class)
            .filter(refusal -> refusal.statusCode() != 401)
            .isPresent();
    return isRefused || answer.isPassing()
        ? answer
        : Attempts.lasting(
            PROFILE,
            NOT_SIGNED_IN,
            quoted(name) + " is for single sign-on: not signed in, or no longer");
  }

  private CredentialsAttempt process(String name) {
    if (thrown instanceof StillAsked asked) {
      return Attempts.passing(
          PROFILE,
          PROCESS_HUNG,
          "the credential_process of "
              + quoted(name)
              + " has not ended after "
              + asked.seconds()
              + " s");
    }
    Optional<String> exit =
        Thrown.chain(thrown)
            .map(t -> EXIT.matcher(String.valueOf(t.getMessage())))
            .filter(Matcher::find)
            .map(found -> found.group(1))
            .findFirst();
    return exit.map(
            status ->
                Attempts.lasting(
                    PROFILE,
                    PROCESS_FAILED,
                    "the credential_process of "
                        + quoted(name)
                        + " ended with status "
                        + status
                        + (status.equals("127") ? ": no such command" : "")))
        .orElseGet(
            () ->
                Attempts.lasting(
                    PROFILE,
                    PROCESS_OUTPUT,
                    "the credential_process of "
                        + quoted(name)
                        + " printed no credentials in JSON that are good now"));
  }

  private CredentialsAttempt keys(Profile profile, String name) {
    boolean hasId = isSet(profile, "aws_access_key_id");
    boolean hasKey = isSet(profile, "aws_secret_access_key");
    if (hasId && hasKey) {
      return answered(name);
    }
    if (hasId || hasKey) {
      return Attempts.lasting(
          PROFILE,
          INCOMPLETE,
          quoted(name) + " lacks " + (hasId ? "aws_secret_access_key" : "aws_access_key_id"));
    }
    return isDefaultWithoutMore(name)
        ? Attempts.lasting(PROFILE, NOT_SET_UP, "'default' holds no credentials")
        : Attempts.lasting(PROFILE, INCOMPLETE, quoted(name) + " holds no credentials");
  }

  /** As where the file sets a Region and nothing else. */
  private boolean isDefaultWithoutMore(String name) {
    return name.equals("default") && walked.size() == 1;
  }

  private CredentialsAttempt answered(String name) {
    return endpoint.attempt(PROFILE, quoted(name) + ": AWS");
  }

  private static boolean isSet(Profile profile, String property) {
    return profile.property(property).filter(value -> !value.isBlank()).isPresent();
  }

  private static String quoted(String name) {
    return "'" + name + "'";
  }
}
