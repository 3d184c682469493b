package dev.rolecall.fuzz.judge;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The rules of proofs once more, as regular expressions and a date format: too slow for a server
 * that anybody may send proofs to, and easy to hold against docs/protocol.md. It says which rule is
 * broken first, and what instant a date is.
 */
public final class PatternProof {

  /** What an EKS token says whose URL is not of the one form. */
  public static final String BAD_URL = "https://{host}/?{parameters}";

  /** What is said of a text that is a proof. */
  public static final String NONE = "none is broken";

  private static final Pattern HOST =
      Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?(:[1-9][0-9]{0,4})?");
  private static final Pattern KEY_ID = Pattern.compile("[A-Z0-9]{16,128}");
  private static final Pattern DATE = Pattern.compile("[0-9]{8}T[0-9]{6}Z");
  private static final Pattern EXPIRES = Pattern.compile("[1-9][0-9]{0,2}");
  private static final Pattern AUDIENCE = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,126}[a-z0-9])?");
  private static final Pattern BINDING =
      Pattern.compile("bearer|(?:channel|key)\\.([A-Za-z0-9_-]{43})");
  private static final Pattern SIGNATURE = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9+/_-]{0,4096}={0,2}");

  private static final String BYTE = "(?:0|[1-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-5])";
  private static final Pattern URL =
      Pattern.compile(
          "(?:https://|http://(?=(?:localhost|127(?:\\."
              + BYTE
              + "){3})[:/]))([a-z0-9.:-]++)/\\?([!-~]++)");

  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  private PatternProof() {}

  /** The first rule that the text breaks, in the reader's words, or {@link #NONE}. */
  public static String ruleBrokenBy(String text) {
    if (text.length() > 5_120) {
      return "at most 5120 characters";
    }
    List<String> fields = List.of(text.split("~", -1));
    if (!fields.get(0).equals("rolecall-v1")) {
      return "starts with rolecall-v1~";
    }
    if (fields.size() != 9) {
      return "nine fields separated by ~";
    }
    if (!AUDIENCE.matcher(fields.get(5)).matches()) {
      return "audience is 1 to 128 characters of a-z 0-9 . -";
    }
    if (!isBinding(fields.get(6))) {
      return "binding is bearer, channel.{hash} or key.{hash}";
    }
    if (!HOST.matcher(fields.get(1)).matches()) {
      return "host is a lower-case host name";
    }
    if (!KEY_ID.matcher(fields.get(2)).matches()) {
      return "access key id is 16 to 128 characters of A-Z 0-9";
    }
    if (instant(fields.get(3)).isEmpty()) {
      return "X-Amz-Date is an instant written yyyymmddThhmmssZ";
    }
    if (!EXPIRES.matcher(fields.get(4)).matches() || Integer.parseInt(fields.get(4)) > 900) {
      return "X-Amz-Expires is 1 to 900";
    }
    if (!SIGNATURE.matcher(fields.get(7)).matches()) {
      return "signature is 64 lower-case hexadecimal digits";
    }
    if (!TOKEN.matcher(fields.get(8)).matches()) {
      return "session token is up to 4096 characters of base64 or base64url";
    }
    return NONE;
  }

  /** The instant of a date, if it is one. */
  public static Optional<Instant> instant(String date) {
    if (!DATE.matcher(date).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(LocalDateTime.parse(date, FORMAT).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Whether an EKS token may hold a URL of that form. */
  public static boolean isUrl(String url) {
    return URL.matcher(url).matches();
  }

  private static boolean isBinding(String text) {
    var parts = BINDING.matcher(text);
    return parts.matches() && (parts.group(1) == null || isHash(parts.group(1)));
  }

  private static boolean isHash(String text) {
    byte[] bytes = Base64.getUrlDecoder().decode(text);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(text);
  }
}
