package dev.rolecall.stsemulator.internal.answer;

import dev.rolecall.stsemulator.protocol.StsErrorCode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * A refused request. It carries the code and the text to the one place that writes error documents.
 * Each kind whose wording AWS has fixed has a factory.
 */
public final class StsRefusal extends Exception {

  private static final long serialVersionUID = 1L;
  private static final DateTimeFormatter AMZ_DATE =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final StsErrorCode code;

  /** The text may hold a canonical request, so it is never made the exception's own message. */
  private final String text;

  /** A refusal with that code and that text for the error document. */
  public StsRefusal(StsErrorCode code, String text) {
    super(code.wireName(), null, false, false);
    this.code = code;
    this.text = text;
  }

  /** The error code. */
  public StsErrorCode code() {
    return code;
  }

  /** The text of the error document. It may hold secrets: use it in the answer only. */
  public String text() {
    return text;
  }

  /** A parameter that breaks its rule. */
  public static StsRefusal invalid(String text) {
    return new StsRefusal(StsErrorCode.VALIDATION_ERROR, text);
  }

  /** A caller that may not do what it asked for. */
  public static StsRefusal denied(String text) {
    return new StsRefusal(StsErrorCode.ACCESS_DENIED, text);
  }

  /** A request without a signature. */
  public static StsRefusal unsigned() {
    return new StsRefusal(
        StsErrorCode.MISSING_AUTHENTICATION_TOKEN, "Request is missing Authentication Token");
  }

  /** A signature that lacks a part. */
  public static StsRefusal incompleteSignature(String reason) {
    return new StsRefusal(StsErrorCode.INCOMPLETE_SIGNATURE, reason);
  }

  /** An unknown access key, or a wrong session token. */
  public static StsRefusal unknownCredentials() {
    return new StsRefusal(
        StsErrorCode.INVALID_CLIENT_TOKEN_ID,
        "The security token included in the request is invalid.");
  }

  /** A session that has ended. */
  public static StsRefusal sessionEnded() {
    return new StsRefusal(
        StsErrorCode.EXPIRED_TOKEN, "The security token included in the request is expired");
  }

  /** A signature that is wrong, for the reason that the text gives. */
  public static StsRefusal badSignature(String text) {
    return new StsRefusal(StsErrorCode.SIGNATURE_DOES_NOT_MATCH, text);
  }

  /** A signature that is too old. */
  public static StsRefusal signatureExpired(String amzDate, Instant now, Duration life) {
    return badSignature(
        "Signature expired: %s is now earlier than %s (%s - %d min.)"
            .formatted(
                amzDate, AMZ_DATE.format(now.minus(life)), AMZ_DATE.format(now), life.toMinutes()));
  }

  /** A signature whose date is still to come. */
  public static StsRefusal signatureOfTheFuture(String amzDate, Instant now, Duration skew) {
    return badSignature(
        "Signature not yet current: %s is still later than %s (%s + %d min.)"
            .formatted(
                amzDate, AMZ_DATE.format(now.plus(skew)), AMZ_DATE.format(now), skew.toMinutes()));
  }

  /** An action that this version of STS does not have. */
  public static StsRefusal noSuchAction(String action, String version) {
    return new StsRefusal(
        StsErrorCode.INVALID_ACTION,
        "Could not find operation " + action + " for version " + version);
  }

  /** Parameters that cannot be read. */
  public static StsRefusal unreadable(String text) {
    return new StsRefusal(StsErrorCode.MALFORMED_QUERY_STRING, text);
  }
}
