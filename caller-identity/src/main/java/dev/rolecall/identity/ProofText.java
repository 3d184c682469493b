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
import java.util.regex.Pattern;

/**
 * The reader of {@code rolecall-v1}: nine fields between tildes, each with a rule of its own and
 * one spelling. Length is checked before anything is copied.
 */
final class ProofText {

  static final String PREFIX = "rolecall-v1";
  static final String LIFE_RULE = "X-Amz-Expires is 1 to 900";

  private static final int FIELDS = 9;

  // Possessive quantifiers: each pattern decides in one pass, whatever the text.
  private static final Pattern ACCESS_KEY_ID = Pattern.compile("[A-Z0-9]{16,128}+");
  private static final Pattern AMZ_DATE = Pattern.compile("[0-9]{8}T[0-9]{6}Z");
  private static final Pattern LIFE = Pattern.compile("[1-9][0-9]{0,2}+");
  private static final Pattern SIGNATURE = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern SESSION_TOKEN = Pattern.compile("[A-Za-z0-9+/_-]{0,4096}+={0,2}+");
  private static final int MAX_LIFE_SECONDS = 900;

  private static final DateTimeFormatter AMZ_DATE_FORMAT =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  private ProofText() {}

  static ProofReading read(String text) {
    if (text.length() > CallerProof.MAX_LENGTH) {
      return malformed("at most " + CallerProof.MAX_LENGTH + " characters");
    }
    String[] fields = text.split("~", -1);
    if (!fields[0].equals(PREFIX)) {
      return malformed("starts with " + PREFIX + "~");
    }
    if (fields.length != FIELDS) {
      return malformed("nine fields separated by ~");
    }
    return read(text, fields);
  }

  private static ProofReading read(String text, String[] fields) {
    if (!StsHost.isValid(fields[1])) {
      return malformed("host is a lower-case host name");
    }
    if (!ACCESS_KEY_ID.matcher(fields[2]).matches()) {
      return malformed("access key id is 16 to 128 characters of A-Z 0-9");
    }
    Optional<Instant> signedAt = instant(fields[3]);
    if (signedAt.isEmpty()) {
      return malformed("X-Amz-Date is an instant written yyyymmddThhmmssZ");
    }
    if (!LIFE.matcher(fields[4]).matches() || Integer.parseInt(fields[4]) > MAX_LIFE_SECONDS) {
      return malformed(LIFE_RULE);
    }
    if (!Audience.isValid(fields[5])) {
      return malformed("audience is 1 to 128 characters of a-z 0-9 . -");
    }
    Optional<ProofBinding> binding = ProofBinding.parse(fields[6]);
    if (binding.isEmpty()) {
      return malformed("binding is bearer, channel.{hash} or key.{hash}");
    }
    if (!SIGNATURE.matcher(fields[7]).matches()) {
      return malformed("signature is 64 lower-case hexadecimal digits");
    }
    if (!SESSION_TOKEN.matcher(fields[8]).matches()) {
      return malformed("session token is up to 4096 characters of base64 or base64url");
    }
    return new ProofReading.WellFormed(
        new CallerProof(
            text,
            new StsHost(fields[1]),
            fields[2],
            fields[3],
            signedAt.get(),
            Duration.ofSeconds(Integer.parseInt(fields[4])),
            new Audience(fields[5]),
            binding.get(),
            fields[7],
            fields[8]));
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
