package dev.rolecall.stsemulator;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * A request refused: carries the code and the message from wherever it is noticed to the one place
 * that writes error documents. One factory for each kind whose wording is AWS's own.
 */
final class StsRefusal extends Exception {

  private static final long serialVersionUID = 1L;
  private static final DateTimeFormatter AMZ_DATE =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final StsErrorCode code;

  /** The text may hold a canonical request, so it is never made the exception's own message. */
  private final String text;

  StsRefusal(StsErrorCode code, String text) {
    super(code.wireName(), null, false, false);
    this.code = code;
    this.text = text;
  }

  StsErrorCode code() {
    return code;
  }

  /** What the error document says. May hold secrets of the request: for the answer alone. */
  String text() {
    return text;
  }

  static StsRefusal invalid(String text) {
    return new StsRefusal(StsErrorCode.VALIDATION_ERROR, text);
  }

  static StsRefusal denied(String text) {
    return new StsRefusal(StsErrorCode.ACCESS_DENIED, text);
  }

  static StsRefusal unsigned() {
    return new StsRefusal(
        StsErrorCode.MISSING_AUTHENTICATION_TOKEN, "Request is missing Authentication Token");
  }

  static StsRefusal incompleteSignature(String reason) {
    return new StsRefusal(StsErrorCode.INCOMPLETE_SIGNATURE, reason);
  }

  static StsRefusal unknownCredentials() {
    return new StsRefusal(
        StsErrorCode.INVALID_CLIENT_TOKEN_ID,
        "The security token included in the request is invalid.");
  }

  static StsRefusal sessionEnded() {
    return new StsRefusal(
        StsErrorCode.EXPIRED_TOKEN, "The security token included in the request is expired");
  }

  static StsRefusal badSignature(String text) {
    return new StsRefusal(StsErrorCode.SIGNATURE_DOES_NOT_MATCH, text);
  }

  static StsRefusal signatureExpired(String amzDate, Instant now, Duration life) {
    return badSignature(
        "Signature expired: %s is now earlier than %s (%s - %d min.)"
            .formatted(
                amzDate, AMZ_DATE.format(now.minus(life)), AMZ_DATE.format(now), life.toMinutes()));
  }

  static StsRefusal signatureOfTheFuture(String amzDate, Instant now, Duration skew) {
    return badSignature(
        "Signature not yet current: %s is still later than %s (%s + %d min.)"
            .formatted(
                amzDate, AMZ_DATE.format(now.plus(skew)), AMZ_DATE.format(now), skew.toMinutes()));
  }

  static StsRefusal noSuchAction(String action, String version) {
    return new StsRefusal(
        StsErrorCode.INVALID_ACTION,
        "Could not find operation " + action + " for version " + version);
  }

  static StsRefusal unreadable(String text) {
    return new StsRefusal(StsErrorCode.MALFORMED_QUERY_STRING, text);
  }
}
