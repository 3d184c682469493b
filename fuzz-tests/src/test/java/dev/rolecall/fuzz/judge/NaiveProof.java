package dev.rolecall.fuzz.judge;

import java.util.List;
import java.util.Optional;

/** A plain reading of proofs: protocol.md, section 2, line by line. */
public final class NaiveProof {

  private NaiveProof() {}

  /** The nine fields, if the text is a proof. */
  public static Optional<List<String>> fields(String text) {
    List<String> fields = Text.parts(text, '~');
    boolean good =
        text.length() <= 5_120
            && fields.size() == 9
            && fields.get(0).equals("rolecall-v1")
            && NaiveName.isHost(fields.get(1))
            && isKeyId(fields.get(2))
            && isDate(fields.get(3))
            && isExpires(fields.get(4))
            && NaiveName.isAudience(fields.get(5))
            && NaiveName.isBinding(fields.get(6))
            && isSignature(fields.get(7))
            && (fields.get(8).isEmpty() || isSessionToken(fields.get(8)));
    return good ? Optional.of(fields) : Optional.empty();
  }

  static boolean isKeyId(String text) {
    return Text.is(text, 16, 128, Text.UPPER + Text.DIGITS);
  }

  static boolean isExpires(String text) {
    return Text.is(text, 1, 3, Text.DIGITS)
        && text.charAt(0) != '0'
        && Integer.parseInt(text) <= 900;
  }

  static boolean isSignature(String text) {
    return Text.is(text, 64, 64, Text.HEX);
  }

  /** Padding is at the end, at most two, and only there. */
  static boolean isSessionToken(String text) {
    int padded = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
    return Text.is(text.substring(0, text.length() - padded), 0, 4_096, Text.BASE64URL + "+/");
  }

  /** {@code yyyymmddThhmmssZ} of a day that the Gregorian calendar has. */
  static boolean isDate(String text) {
    if (text.length() != 16
        || text.charAt(8) != 'T'
        || text.charAt(15) != 'Z'
        || !Text.is(text.substring(0, 8) + text.substring(9, 15), 14, 14, Text.DIGITS)) {
      return false;
    }
    int year = Integer.parseInt(text.substring(0, 4));
    int month = Integer.parseInt(text.substring(4, 6));
    int day = Integer.parseInt(text.substring(6, 8));
    boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    List<Integer> days = List.of(31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31);
    return month >= 1
        && month <= 12
        && day >= 1
        && day <= days.get(month - 1)
        && Integer.parseInt(text.substring(9, 11)) < 24
        && Integer.parseInt(text.substring(11, 13)) < 60
        && Integer.parseInt(text.substring(13, 15)) < 60;
  }
}
