package dev.rolecall.fuzz.judge;

import java.util.List;

/** A plain reading of names, of each kind of name there is. */
public final class NaiveName {

  private NaiveName() {}

  /** protocol.md section 2, audience. */
  public static boolean isAudience(String text) {
    return Text.is(text, 1, 128, Text.LOWER + Text.DIGITS + ".-") && endsAreAlphanumeric(text);
  }

  /** protocol.md section 2, host: lower case, {@code name} or {@code name:port}. */
  public static boolean isHost(String text) {
    List<String> parts = Text.parts(text, ':');
    String name = parts.get(0);
    return parts.size() <= 2
        && Text.is(name, 1, 253, Text.LOWER + Text.DIGITS + ".-")
        && endsAreAlphanumeric(name)
        && (parts.size() == 1
            || (Text.is(parts.get(1), 1, 5, Text.DIGITS) && parts.get(1).charAt(0) != '0'));
  }

  private static boolean endsAreAlphanumeric(String text) {
    return ".-".indexOf(text.charAt(0)) < 0 && ".-".indexOf(text.charAt(text.length() - 1)) < 0;
  }

  /** Twelve digits. */
  public static boolean isAccount(String text) {
    return Text.is(text, 12, 12, Text.DIGITS);
  }

  /** {@code aws}, or that and up to three words of lower-case letters. */
  public static boolean isPartition(String text) {
    List<String> words = Text.parts(text, '-');
    return words.get(0).equals("aws")
        && words.size() <= 4
        && words.stream().skip(1).allMatch(word -> Text.is(word, 1, 8, Text.LOWER));
  }

  /** What IAM allows in a role's name. */
  public static boolean isRoleName(String text) {
    return Text.is(text, 1, 64, Text.IAM_NAME);
  }

  /** What STS allows in a session's name. */
  public static boolean isSessionName(String text) {
    return Text.is(text, 1, 64, Text.IAM_NAME);
  }

  /** A role's unique id. */
  public static boolean isRoleId(String text) {
    return Text.is(text, 16, 128, Text.UPPER + Text.DIGITS) && text.startsWith("AROA");
  }

  /** protocol.md section 2, binding. */
  public static boolean isBinding(String text) {
    if (text.equals("bearer")) {
      return true;
    }
    List<String> parts = Text.parts(text, '.');
    return parts.size() == 2
        && (parts.get(0).equals("channel") || parts.get(0).equals("key"))
        && isHash(parts.get(1));
  }

  /** 43 characters of base64url whose last has two spare bits that are zero. */
  public static boolean isHash(String text) {
    return Text.is(text, 43, 43, Text.BASE64URL)
        && Text.BASE64URL.indexOf(text.charAt(42)) % 4 == 0;
  }

  /** {@code /package.Service/Method}. */
  public static boolean isMethod(String text) {
    List<String> parts = Text.parts(text, '/');
    return text.length() <= 1_000
        && parts.size() == 3
        && parts.get(0).isEmpty()
        && parts.stream().skip(1).allMatch(part -> !part.isEmpty() && Text.isVisible(part, "*/"));
  }

  /** A method, or how one may begin and a star. */
  public static boolean isMethodPattern(String text) {
    if (!text.endsWith("*")) {
      return isMethod(text);
    }
    List<String> parts = Text.parts(text.substring(0, text.length() - 1), '/');
    return text.length() <= 1_000
        && (parts.size() == 2 || (parts.size() == 3 && !parts.get(1).isEmpty()))
        && parts.get(0).isEmpty()
        && parts.stream().allMatch(part -> Text.isVisible(part, "*/"));
  }

  /** What a policy or a rule may be called. */
  public static boolean isRuleName(String text) {
    return !text.isEmpty()
        && text.length() <= 200
        && text.chars().allMatch(c -> c >= ' ' && c < 0x7f)
        && text.equals(text.strip());
  }
}
