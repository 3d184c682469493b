package dev.rolecall.identity;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * What a presigned request holds that its client chose, each field by its rule. Every spelling of a
 * proof comes down to these, so a field has the same rule in all of them. No record: it holds
 * secrets.
 */
final class SignedFields {

  static final String EXPIRES_RULE = "X-Amz-Expires is 1 to 900";

  // Possessive quantifiers: each pattern decides in one pass, whatever the text.
  private static final Pattern ACCESS_KEY_ID = Pattern.compile("[A-Z0-9]{16,128}+");
  private static final Pattern AMZ_DATE = Pattern.compile("[0-9]{8}T[0-9]{6}Z");
  private static final Pattern EXPIRES = Pattern.compile("[1-9][0-9]{0,2}+");
  private static final Pattern SIGNATURE = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern SESSION_TOKEN = Pattern.compile("[A-Za-z0-9+/_-]{0,4096}+={0,2}+");
  private static final int MAX_EXPIRES = 900;

  private static final DateTimeFormatter AMZ_DATE_FORMAT =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  final StsHost host;
  final String accessKeyId;
  final String amzDate;
  final Instant signedAt;
  final Duration expires;
  final String signature;
  final String sessionToken;

  private SignedFields(
      StsHost host,
      String accessKeyId,
      String amzDate,
      Instant signedAt,
      Duration expires,
      String signature,
      String sessionToken) {
    this.host = host;
    this.accessKeyId = accessKeyId;
    this.amzDate = amzDate;
    this.signedAt = signedAt;
    this.expires = expires;
    this.signature = signature;
    this.sessionToken = sessionToken;
  }

  /** The proof that {@code proof} makes of the fields, if each keeps its rule. */
  static ProofReading read(
      String host,
      String accessKeyId,
      String amzDate,
      String expires,
      String signature,
      String sessionToken,
      Function<SignedFields, CallerProof> proof) {
    if (!StsHost.isValid(host)) {
      return malformed("host is a lower-case host name");
    }
    if (!ACCESS_KEY_ID.matcher(accessKeyId).matches()) {
      return malformed("access key id is 16 to 128 characters of A-Z 0-9");
    }
    Optional<Instant> signedAt = instant(amzDate);
    if (signedAt.isEmpty()) {
      return malformed("X-Amz-Date is an instant written yyyymmddThhmmssZ");
    }
    if (!EXPIRES.matcher(expires).matches() || Integer.parseInt(expires) > MAX_EXPIRES) {
      return malformed(EXPIRES_RULE);
    }
    if (!SIGNATURE.matcher(signature).matches()) {
      return malformed("signature is 64 lower-case hexadecimal digits");
    }
    if (!SESSION_TOKEN.matcher(sessionToken).matches()) {
      return malformed("session token is up to 4096 characters of base64 or base64url");
    }
    return new ProofReading.WellFormed(
        proof.apply(
            new SignedFields(
                new StsHost(host),
                accessKeyId,
                amzDate,
                signedAt.get(),
                Duration.ofSeconds(Integer.parseInt(expires)),
                signature,
                sessionToken)));
  }

  private static Optional<Instant> instant(String amzDate) {
    if (!AMZ_DATE.matcher(amzDate).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(LocalDateTime.parse(amzDate, AMZ_DATE_FORMAT).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      // The form is right but no calendar has the day, or no clock the time: 30 February, second
      // 60.
      return Optional.empty();
    }
  }

  private static ProofReading malformed(String rule) {
    return new ProofReading.Malformed(rule);
  }
}
