package dev.rolecall.client.internal;

import static dev.rolecall.client.credentials.CredentialsFailure.AWS_REFUSED;
import static dev.rolecall.client.credentials.CredentialsFailure.CONNECTION_REFUSED;
import static dev.rolecall.client.credentials.CredentialsFailure.CONTRADICTORY;
import static dev.rolecall.client.credentials.CredentialsFailure.HTTP_STATUS;
import static dev.rolecall.client.credentials.CredentialsFailure.NAME_UNKNOWN;
import static dev.rolecall.client.credentials.CredentialsFailure.OTHER;
import static dev.rolecall.client.credentials.CredentialsFailure.TIMED_OUT;

import dev.rolecall.client.credentials.CredentialsAttempt;
import dev.rolecall.client.credentials.CredentialsPlace;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkServiceException;

/**
 * The reason why an endpoint gave no credentials: a refusal, a status, no answer, no connection. It
 * follows from the class and status of the exception. No record: the exception may hold secrets.
 */
final class EndpointDiagnosis {

  /** The words of the SDK's endpoint rules, of every service; they hold no value. */
  private static final Pattern CONTRADICTION =
      Pattern.compile("Invalid Configuration: (FIPS|Dualstack) and custom endpoint.*");

  private final Throwable thrown;
  private final Supplier<String> contradiction;

  /**
   * The diagnosis of that exception.
   *
   * @param contradiction names the settings that the SDK's clients refuse to have together
   */
  EndpointDiagnosis(Throwable thrown, Supplier<String> contradiction) {
    this.thrown = thrown;
    this.contradiction = contradiction;
  }

  /**
   * The attempt of that place, by its endpoint's answer.
   *
   * @param what the endpoint, in words
   */
  CredentialsAttempt attempt(CredentialsPlace place, String what) {
    boolean isContradictory =
        Thrown.chain(thrown)
            .anyMatch(t -> CONTRADICTION.matcher(String.valueOf(t.getMessage())).matches());
    if (isContradictory) {
      return Attempts.lasting(place, CONTRADICTORY, contradiction.get());
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
      return Attempts.passing(place, NAME_UNKNOWN, what + " has a name that is not known");
    }
    if (thrown instanceof StillAsked asked) {
      return Attempts.passing(
          place, TIMED_OUT, what + " has not answered after " + asked.seconds() + " s");
    }
    if (Thrown.first(thrown, SocketTimeoutException.class).isPresent()) {
      return Attempts.passing(place, TIMED_OUT, what + " does not answer in time");
    }
    if (Thrown.first(thrown, ConnectException.class).isPresent()
        || Thrown.first(thrown, NoRouteToHostException.class).isPresent()) {
      return Attempts.passing(place, CONNECTION_REFUSED, what + " takes no connection");
    }
    // Classes alone: a message may hold a secret.
    return Attempts.lasting(place, OTHER, "not usable (" + Thrown.classes(thrown) + ")");
  }
}
