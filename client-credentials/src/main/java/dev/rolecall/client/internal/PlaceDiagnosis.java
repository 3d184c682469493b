package dev.rolecall.client.internal;

import static dev.rolecall.client.credentials.CredentialsFailure.ANSWER_INVALID;
import static dev.rolecall.client.credentials.CredentialsFailure.CONNECTION_REFUSED;
import static dev.rolecall.client.credentials.CredentialsFailure.DISABLED;
import static dev.rolecall.client.credentials.CredentialsFailure.FILE_MISSING;
import static dev.rolecall.client.credentials.CredentialsFailure.FILE_UNREADABLE;
import static dev.rolecall.client.credentials.CredentialsFailure.HTTP_STATUS;
import static dev.rolecall.client.credentials.CredentialsFailure.INCOMPLETE;
import static dev.rolecall.client.credentials.CredentialsFailure.INVALID;
import static dev.rolecall.client.credentials.CredentialsFailure.NAME_UNKNOWN;
import static dev.rolecall.client.credentials.CredentialsFailure.NOT_SET_UP;
import static dev.rolecall.client.credentials.CredentialsFailure.OTHER;
import static dev.rolecall.client.credentials.CredentialsFailure.TIMED_OUT;
import static dev.rolecall.client.credentials.CredentialsPlace.CONTAINER;
import static dev.rolecall.client.credentials.CredentialsPlace.ENVIRONMENT;
import static dev.rolecall.client.credentials.CredentialsPlace.SYSTEM_PROPERTIES;
import static dev.rolecall.client.credentials.CredentialsPlace.WEB_IDENTITY;

import dev.rolecall.client.credentials.CredentialsAttempt;
import dev.rolecall.client.credentials.CredentialsPlace;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkSystemSetting;

/**
 * The reason why a place of the default chain gave no credentials. It follows from the settings
 * that the place reads, and from the class and status of the exception. It never quotes the
 * exception, which may hold secrets.
 */
final class PlaceDiagnosis {

  /** The SDK's words for a full URI of another machine. */
  private static final String NOT_ALLOWED = "has an invalid host";

  private static final String NO_METADATA = "The requested metadata is not found";

  private final Throwable thrown;
  private final EndpointDiagnosis endpoint;

  private PlaceDiagnosis(Throwable thrown, Supplier<String> contradiction) {
    this.thrown = thrown;
    this.endpoint = new EndpointDiagnosis(thrown, contradiction);
  }

  /**
   * The attempt that ended with that exception.
   *
   * @param contradiction names the settings that the SDK's clients refuse to have together
   */
  static CredentialsAttempt of(
      CredentialsPlace place, Throwable thrown, Supplier<String> contradiction) {
    return new PlaceDiagnosis(thrown, contradiction).of(place);
  }

  private CredentialsAttempt of(CredentialsPlace place) {
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
      case WEB_IDENTITY -> webIdentity();
      case PROFILE -> ProfileDiagnosis.of(thrown, endpoint);
      case CONTAINER -> container();
      case INSTANCE -> instance();
    };
  }

  private static CredentialsAttempt pair(
      CredentialsPlace place,
      Function<String, @Nullable String> settings,
      List<String> needed,
      String besides) {
    List<String> missing = needed.stream().filter(name -> isAbsent(settings.apply(name))).toList();
    if (missing.size() == needed.size() && isAbsent(settings.apply(besides))) {
      return Attempts.lasting(place, NOT_SET_UP, "not set");
    }
    return missing.isEmpty()
        ? Attempts.lasting(place, INVALID, "set, but not usable")
        : Attempts.lasting(
            place, INCOMPLETE, String.join(" and ", missing) + " not set, while others are");
  }

  private static boolean isAbsent(@Nullable String value) {
    return value == null || value.isBlank();
  }

  private CredentialsAttempt webIdentity() {
    Optional<String> file = SdkSystemSetting.AWS_WEB_IDENTITY_TOKEN_FILE.getStringValue();
    Optional<String> role = SdkSystemSetting.AWS_ROLE_ARN.getStringValue();
    if (file.isEmpty()) {
      return role.isEmpty()
          ? Attempts.lasting(WEB_IDENTITY, NOT_SET_UP, "not set")
          : Attempts.lasting(
              WEB_IDENTITY, INCOMPLETE, "AWS_ROLE_ARN is set, AWS_WEB_IDENTITY_TOKEN_FILE is not");
    }
    if (role.isEmpty()) {
      return Attempts.lasting(
          WEB_IDENTITY, INCOMPLETE, "AWS_WEB_IDENTITY_TOKEN_FILE is set, AWS_ROLE_ARN is not");
    }
    return file(WEB_IDENTITY, "the token file", file.get())
        .orElseGet(() -> endpoint.attempt(WEB_IDENTITY, "STS"));
  }

  /** The failure of a file that should be read; empty if it can be. */
  static Optional<CredentialsAttempt> file(CredentialsPlace place, String what, String name) {
    try {
      Path file = Path.of(name);
      if (!Files.exists(file)) {
        return Optional.of(
            Attempts.lasting(place, FILE_MISSING, what + " " + name + " is missing"));
      }
      if (!Files.isReadable(file) || Files.isDirectory(file)) {
        return Optional.of(
            Attempts.lasting(place, FILE_UNREADABLE, what + " " + name + " cannot be read"));
      }
      return Optional.empty();
    } catch (InvalidPathException e) {
      return Optional.of(
          Attempts.lasting(place, INVALID, what + " has a name that no file can have"));
    }
  }

  private CredentialsAttempt container() {
    Optional<String> relative =
        SdkSystemSetting.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI.getStringValue();
    Optional<String> full = SdkSystemSetting.AWS_CONTAINER_CREDENTIALS_FULL_URI.getStringValue();
    if (relative.isEmpty() && full.isEmpty()) {
      return Attempts.lasting(CONTAINER, NOT_SET_UP, "not set");
    }
    CredentialsAttempt answer = endpoint.attempt(CONTAINER, "the endpoint");
    if (answer.failure() != OTHER) {
      return answer;
    }
    return SdkSystemSetting.AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE
        .getStringValue()
        .flatMap(name -> file(CONTAINER, "the authorization token file", name))
        .orElseGet(() -> containerUri(full.filter(uri -> relative.isEmpty())));
  }

  /**
   * The failure of the endpoint's URI, or of its answer where the URI is right.
   *
   * @param full the URI, where it is the one that is asked
   */
  private CredentialsAttempt containerUri(Optional<String> full) {
    if (full.filter(uri -> !isUrl(uri)).isPresent()) {
      return Attempts.lasting(
          CONTAINER, INVALID, "AWS_CONTAINER_CREDENTIALS_FULL_URI is no URL of http or https");
    }
    if (says(NOT_ALLOWED)) {
      return Attempts.lasting(
          CONTAINER,
          INVALID,
          "the URI is not one that may be asked (https, or this machine's own)");
    }
    return Attempts.lasting(
        CONTAINER,
        says(NO_METADATA) ? HTTP_STATUS : ANSWER_INVALID,
        says(NO_METADATA)
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

  private boolean says(String words) {
    return Thrown.chain(thrown).anyMatch(t -> String.valueOf(t.getMessage()).contains(words));
  }

  private CredentialsAttempt instance() {
    // As the SDK reads it, which throws at any other word.
    String disabled = SdkSystemSetting.AWS_EC2_METADATA_DISABLED.getStringValue().orElse("false");
    if (disabled.equalsIgnoreCase("true")) {
      return Attempts.lasting(
          CredentialsPlace.INSTANCE,
          DISABLED,
          "switched off by AWS_EC2_METADATA_DISABLED or a property");
    }
    if (!disabled.equalsIgnoreCase("false")) {
      return Attempts.lasting(
          CredentialsPlace.INSTANCE,
          INVALID,
          "AWS_EC2_METADATA_DISABLED, or its property, is neither true nor false");
    }
    if (says(NO_METADATA)) {
      return Attempts.lasting(
          CredentialsPlace.INSTANCE,
          HTTP_STATUS,
          "answered HTTP 404: no role is attached to this instance");
    }
    CredentialsAttempt answer = endpoint.attempt(CredentialsPlace.INSTANCE, "it");
    if (isEndpointSet()) {
      return answer;
    }
    // A machine that is not EC2 has nothing there, so it need not have been set up.
    return switch (answer.failure()) {
      case TIMED_OUT ->
          Attempts.lasting(
              CredentialsPlace.INSTANCE,
              NOT_SET_UP,
              "no answer: not on EC2, or in a container there while the hop limit is 1");
      case CONNECTION_REFUSED, NAME_UNKNOWN, OTHER ->
          Attempts.lasting(CredentialsPlace.INSTANCE, NOT_SET_UP, "no connection: not on EC2");
      default -> answer;
    };
  }

  /** Whether a setting names the endpoint; it has a default. */
  private static boolean isEndpointSet() {
    SdkSystemSetting setting = SdkSystemSetting.AWS_EC2_METADATA_SERVICE_ENDPOINT;
    return setting.getStringValue().filter(url -> !url.equals(setting.defaultValue())).isPresent();
  }
}
