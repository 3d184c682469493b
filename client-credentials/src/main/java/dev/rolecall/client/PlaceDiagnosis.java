package dev.rolecall.client;

import static dev.rolecall.client.CredentialsFailure.ANSWER_INVALID;
import static dev.rolecall.client.CredentialsFailure.AWS_REFUSED;
import static dev.rolecall.client.CredentialsFailure.CONNECTION_REFUSED;
import static dev.rolecall.client.CredentialsFailure.CONTRADICTORY;
import static dev.rolecall.client.CredentialsFailure.DISABLED;
import static dev.rolecall.client.CredentialsFailure.FILE_MISSING;
import static dev.rolecall.client.CredentialsFailure.FILE_UNREADABLE;
import static dev.rolecall.client.CredentialsFailure.HTTP_STATUS;
import static dev.rolecall.client.CredentialsFailure.INCOMPLETE;
import static dev.rolecall.client.CredentialsFailure.INVALID;
import static dev.rolecall.client.CredentialsFailure.NAME_UNKNOWN;
import static dev.rolecall.client.CredentialsFailure.NOT_SET_UP;
import static dev.rolecall.client.CredentialsFailure.OTHER;
import static dev.rolecall.client.CredentialsFailure.TIMED_OUT;
import static dev.rolecall.client.CredentialsPlace.CONTAINER;
import static dev.rolecall.client.CredentialsPlace.ENVIRONMENT;
import static dev.rolecall.client.CredentialsPlace.SYSTEM_PROPERTIES;
import static dev.rolecall.client.CredentialsPlace.WEB_IDENTITY;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.core.exception.SdkServiceException;

/**
 * Why a place of the default chain gave no credentials: from the settings it reads, and from the
 * classes and statuses of what was thrown. Never in the words of what was thrown, which may hold
 * secrets.
 */
final class PlaceDiagnosis {

  /** The words of the SDK's endpoint rules, of every service; they hold no value. */
  private static final Pattern CONTRADICTION =
      Pattern.compile("Invalid Configuration: (FIPS|Dualstack) and custom endpoint.*");

  /** The SDK's words for a full URI of another machine. */
  private static final String NOT_ALLOWED = "has an invalid host";

  private static final String NO_METADATA = "The requested metadata is not found";

  private PlaceDiagnosis() {}

  static CredentialsAttempt of(CredentialsPlace place, Throwable thrown) {
    return switch (place) {
      case SYSTEM_PROPERTIES ->
          pair(
              place,
              System::getProperty,
              List.of("aws.accessKeyId", "aws.secretAccessKey"),
              "aws.sessionToken");
      case ENVIRONMENT ->
          pair(
              place,
              System::getenv,
              List.of("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"),
              "AWS_SESSION_TOKEN");
      case WEB_IDENTITY -> webIdentity(thrown);
      case PROFILE -> ProfileDiagnosis.of(thrown);
      case CONTAINER -> container(thrown);
      case INSTANCE -> instance(thrown);
    };
  }

  private static CredentialsAttempt pair(
      CredentialsPlace place,
      Function<String, @Nullable String> settings,
      List<String> needed,
      String besides) {
    List<String> missing = needed.stream().filter(name -> isAbsent(settings.apply(name))).toList();
    if (missing.size() == needed.size() && isAbsent(settings.apply(besides))) {
      return CredentialsAttempt.lasting(place, NOT_SET_UP, "not set");
    }
    return missing.isEmpty()
        ? CredentialsAttempt.lasting(place, INVALID, "set, but not usable")
        : CredentialsAttempt.lasting(
            place, INCOMPLETE, String.join(" and ", missing) + " not set, while others are");
  }

  private static boolean isAbsent(@Nullable String value) {
    return value == null || value.isBlank();
  }

  private static CredentialsAttempt webIdentity(Throwable thrown) {
    Optional<String> file = SdkSystemSetting.AWS_WEB_IDENTITY_TOKEN_FILE.getStringValue();
    Optional<String> role = SdkSystemSetting.AWS_ROLE_ARN.getStringValue();
    if (file.isEmpty()) {
      return role.isEmpty()
          ? CredentialsAttempt.lasting(WEB_IDENTITY, NOT_SET_UP, "not set")
          : CredentialsAttempt.lasting(
              WEB_IDENTITY, INCOMPLETE, "AWS_ROLE_ARN is set, AWS_WEB_IDENTITY_TOKEN_FILE is not");
    }
    if (role.isEmpty()) {
      return CredentialsAttempt.lasting(
          WEB_IDENTITY, INCOMPLETE, "AWS_WEB_IDENTITY_TOKEN_FILE is set, AWS_ROLE_ARN is not");
    }
    return file(WEB_IDENTITY, "the token file", file.get())
        .orElseGet(() -> endpoint(WEB_IDENTITY, "STS", thrown));
  }

  /** What is wrong with a file that is there to be read; empty if nothing is. */
  static Optional<CredentialsAttempt> file(CredentialsPlace place, String what, String name) {
    try {
      Path file = Path.of(name);
      if (!Files.exists(file)) {
        return Optional.of(
            CredentialsAttempt.lasting(place, FILE_MISSING, what + " " + name + " is missing"));
      }
      if (!Files.isReadable(file) || Files.isDirectory(file)) {
        return Optional.of(
            CredentialsAttempt.lasting(
                place, FILE_UNREADABLE, what + " " + name + " cannot be read"));
      }
      return Optional.empty();
    } catch (InvalidPathException e) {
      return Optional.of(
          CredentialsAttempt.lasting(place, INVALID, what + " has a name that no file can have"));
    }
  }

  private static CredentialsAttempt container(Throwable thrown) {
    Optional<String> relative =
        SdkSystemSetting.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI.getStringValue();
    Optional<String> full = SdkSystemSetting.AWS_CONTAINER_CREDENTIALS_FULL_URI.getStringValue();
    if (relative.isEmpty() && full.isEmpty()) {
      return CredentialsAttempt.lasting(CONTAINER, NOT_SET_UP, "not set");
    }
    CredentialsAttempt answer = endpoint(CONTAINER, "the endpoint", thrown);
    if (answer.failure() != OTHER) {
      return answer;
    }
    return SdkSystemSetting.AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE
        .getStringValue()
        .flatMap(name -> file(CONTAINER, "the authorization token file", name))
        .orElseGet(() -> containerUri(full.filter(uri -> relative.isEmpty()), thrown));
  }

  /**
   * What is wrong with the endpoint's URI, or with the answer where nothing is.
   *
   * @param full the URI, where it is the one that is asked
   */
  private static CredentialsAttempt containerUri(Optional<String> full, Throwable thrown) {
    if (full.filter(uri -> !isUrl(uri)).isPresent()) {
      return CredentialsAttempt.lasting(
          CONTAINER, INVALID, "AWS_CONTAINER_CREDENTIALS_FULL_URI is no URL of http or https");
    }
    if (says(thrown, NOT_ALLOWED)) {
      return CredentialsAttempt.lasting(
          CONTAINER,
          INVALID,
          "the URI is not one that may be asked (https, or this machine's own)");
    }
    return CredentialsAttempt.lasting(
        CONTAINER,
        says(thrown, NO_METADATA) ? HTTP_STATUS : ANSWER_INVALID,
        says(thrown, NO_METADATA)
            ? "the endpoint answered HTTP 404"
            : "the endpoint answered with something that is no credentials in JSON");
  }

  private static boolean isUrl(String text) {
    try {
      URI uri = URI.create(text.strip());
      return uri.getHost() != null
          && ("http".equalsIgnoreCase(uri.getScheme())
              || "https".equalsIgnoreCase(uri.getScheme()));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean says(Throwable thrown, String words) {
    return Thrown.chain(thrown).anyMatch(t -> String.valueOf(t.getMessage()).contains(words));
  }

  private static CredentialsAttempt instance(Throwable thrown) {
    // As the SDK reads it, which throws at any other word.
    String disabled = SdkSystemSetting.AWS_EC2_METADATA_DISABLED.getStringValue().orElse("false");
    if (disabled.equalsIgnoreCase("true")) {
      return CredentialsAttempt.lasting(
          CredentialsPlace.INSTANCE,
          DISABLED,
          "switched off by AWS_EC2_METADATA_DISABLED or a property");
    }
    if (!disabled.equalsIgnoreCase("false")) {
      return CredentialsAttempt.lasting(
          CredentialsPlace.INSTANCE,
          INVALID,
          "AWS_EC2_METADATA_DISABLED, or its property, is neither true nor false");
    }
    if (says(thrown, NO_METADATA)) {
      return CredentialsAttempt.lasting(
          CredentialsPlace.INSTANCE,
          HTTP_STATUS,
          "answered HTTP 404: no role is attached to this instance");
    }
    CredentialsAttempt answer = endpoint(CredentialsPlace.INSTANCE, "it", thrown);
    if (isEndpointSet()) {
      return answer;
    }
    // A machine that is not EC2 has nothing there, so nobody need have meant it.
    return switch (answer.failure()) {
      case TIMED_OUT ->
          CredentialsAttempt.lasting(
              CredentialsPlace.INSTANCE,
              NOT_SET_UP,
              "no answer: not on EC2, or in a container there while the hop limit is 1");
      case CONNECTION_REFUSED, NAME_UNKNOWN, OTHER ->
          CredentialsAttempt.lasting(
              CredentialsPlace.INSTANCE, NOT_SET_UP, "no connection: not on EC2");
      default -> answer;
    };
  }

  /** Whether somebody named the endpoint; the setting has a default. */
  private static boolean isEndpointSet() {
    SdkSystemSetting setting = SdkSystemSetting.AWS_EC2_METADATA_SERVICE_ENDPOINT;
    return setting.getStringValue().filter(url -> !url.equals(setting.defaultValue())).isPresent();
  }

  /** What an endpoint answered, or why it did not. */
  static CredentialsAttempt endpoint(CredentialsPlace place, String what, Throwable thrown) {
    boolean isContradictory =
        Thrown.chain(thrown)
            .anyMatch(t -> CONTRADICTION.matcher(String.valueOf(t.getMessage())).matches());
    if (isContradictory) {
      return CredentialsAttempt.lasting(
          place, CONTRADICTORY, StsSettings.ofThisProcess().contradiction());
    }
    Optional<AwsServiceException> refusal = Thrown.first(thrown, AwsServiceException.class);
    if (refusal.isPresent()) {
      return new CredentialsAttempt(
          place,
          AWS_REFUSED,
          what + " answered " + AwsWords.of(refusal.get()),
          AwsWords.isPassing(refusal.get()));
    }
    Optional<SdkServiceException> status = Thrown.first(thrown, SdkServiceException.class);
    if (status.isPresent()) {
      int code = status.get().statusCode();
      return new CredentialsAttempt(
          place, HTTP_STATUS, what + " answered HTTP " + code, AwsWords.isPassing(code));
    }
    if (Thrown.first(thrown, UnknownHostException.class).isPresent()) {
      return CredentialsAttempt.passing(
          place, NAME_UNKNOWN, what + " has a name that is not known");
    }
    if (thrown instanceof StillAsked asked) {
      return CredentialsAttempt.passing(
          place, TIMED_OUT, what + " has not answered after " + asked.seconds() + " s");
    }
    if (Thrown.first(thrown, SocketTimeoutException.class).isPresent()) {
      return CredentialsAttempt.passing(place, TIMED_OUT, what + " does not answer in time");
    }
    if (Thrown.first(thrown, ConnectException.class).isPresent()
        || Thrown.first(thrown, NoRouteToHostException.class).isPresent()) {
      return CredentialsAttempt.passing(place, CONNECTION_REFUSED, what + " takes no connection");
    }
    // Classes alone: what is said may hold a secret.
    return CredentialsAttempt.lasting(
        place, OTHER, "not usable (" + ProofFailure.classes(thrown) + ")");
  }
}
