package dev.rolecall.proof;

import dev.rolecall.identity.internal.Alphabet;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * The fields of a presigned request that its client chose, each by its rule. Every spelling of a
 * proof comes down to these, so a field has the same rule in all of them. No record: it holds
 * secrets.
 */
final class SignedFields {

  static final String EXPIRES_RULE = "X-Amz-Expires is 1 to 900";

  private static final int SHORTEST_KEY_ID = 16;
  private static final int LONGEST_KEY_ID = 128;
  private static final int EXPIRES_DIGITS = 3;
  private static final int MAX_EXPIRES = 900;
  private static final int SIGNATURE_LENGTH = 64;
  private static final int LONGEST_TOKEN = 4_096;
  private static final int MOST_PADDING = 2;
  private static final Alphabet TOKEN = Alphabet.BASE64URL.and(Alphabet.of("+/"));

  final StsHost host;
  final String accessKeyId;
  final String amzDate;
  final Instant signedAt;
  final Duration expires;
  final String signature;
  final String sessionToken;

  /** The fields of those texts, each of which keeps its rule. */
  private SignedFields(Texts texts, Instant signedAt) {
    this.host = new StsHost(texts.host);
    this.accessKeyId = texts.accessKeyId;
    this.amzDate = texts.amzDate;
    this.signedAt = signedAt;
    this.expires = Duration.ofSeconds(Integer.parseInt(texts.expires));
    this.signature = texts.signature;
    this.sessionToken = texts.sessionToken;
  }

  /** The texts of the fields as a client wrote them, unchecked. No record: they hold secrets. */
  static final class Texts {

    private final String host;
    private final String accessKeyId;
    private final String amzDate;
    private final String expires;
    private final String signature;
    private final String sessionToken;

    Texts(
        String host,
        String accessKeyId,
        String amzDate,
        String expires,
        String signature,
        String sessionToken) {
      this.host = host;
      this.accessKeyId = accessKeyId;
      this.amzDate = amzDate;
      this.expires = expires;
      this.signature = signature;
      this.sessionToken = sessionToken;
    }
  }

  /** The proof that {@code proof} makes of the fields, if each keeps its rule. */
  static ProofReading read(Texts texts, Function<SignedFields, CallerProof> proof) {
    if (!StsHost.isValid(texts.host)) {
      return malformed("host is a lower-case host name");
    }
    if (!Alphabet.UPPER_AND_DIGITS.spells(texts.accessKeyId, SHORTEST_KEY_ID, LONGEST_KEY_ID)) {
      return malformed("access key id is 16 to 128 characters of A-Z 0-9");
    }
    Optional<Instant> signedAt = AmzDate.instant(texts.amzDate);
    if (signedAt.isEmpty()) {
      return malformed("X-Amz-Date is an instant written yyyymmddThhmmssZ");
    }
    if (!isExpires(texts.expires)) {
      return malformed(EXPIRES_RULE);
    }
    if (!Alphabet.LOWER_HEX.spells(texts.signature, SIGNATURE_LENGTH, SIGNATURE_LENGTH)) {
      return malformed("signature is 64 lower-case hexadecimal digits");
    }
    if (!isSessionToken(texts.sessionToken)) {
      return malformed("session token is up to 4096 characters of base64 or base64url");
    }
    return new ProofReading.WellFormed(proof.apply(new SignedFields(texts, signedAt.get())));
  }

  /** No sign and no leading zero. */
  private static boolean isExpires(String text) {
    return Alphabet.DIGITS.spells(text, 1, EXPIRES_DIGITS)
        && text.charAt(0) != '0'
        && Integer.parseInt(text) <= MAX_EXPIRES;
  }

  /** Padding stands at the end alone. */
  private static boolean isSessionToken(String text) {
    int end = TOKEN.endOfRun(text, 0);
    int padding = text.length() - end;
    return end <= LONGEST_TOKEN
        && padding <= MOST_PADDING
        && text.regionMatches(end, "==", 0, padding);
  }

  private static ProofReading malformed(String rule) {
    return new ProofReading.Malformed(rule);
  }
}
