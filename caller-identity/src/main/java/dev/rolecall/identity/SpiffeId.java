package dev.rolecall.identity;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.Alphabet;
import dev.rolecall.identity.internal.InvalidValue;

/**
 * The SPIFFE ID of a workload, as a principal.
 *
 * @param trustDomain 1 to 255 characters of {@code [a-z0-9._-]}
 * @param path one or more segments, each a {@code /} and characters of {@code [A-Za-z0-9._-]}; no
 *     segment is {@code .} or {@code ..}. The whole id has at most 2,048 characters
 * @see <a href="https://github.com/spiffe/spiffe/blob/main/standards/SPIFFE-ID.md">SPIFFE-ID,
 *     section 2</a>
 */
public record SpiffeId(String trustDomain, String path) implements Principal {

  /** The beginning of the text. */
  public static final String PREFIX = "spiffe://";

  /** The rule of an id in words, as a message says it. */
  public static final String RULE =
      "spiffe://{trust domain}/{path}, the trust domain of a-z 0-9 . _ -, the path's segments of"
          + " A-Z a-z 0-9 . _ -";

  private static final Alphabet DOMAIN = Alphabet.LOWER_AND_DIGITS.and(Alphabet.of("._-"));
  private static final Alphabet SEGMENT = DOMAIN.and(Alphabet.range('A', 'Z'));
  private static final int LONGEST_DOMAIN = 255;
  private static final int LONGEST = 2_048;

  /**
   * Checks both parts.
   *
   * @throws IllegalArgumentException if one breaks its rule
   */
  public SpiffeId {
    requireNonNull(trustDomain, "trustDomain");
    requireNonNull(path, "path");
    if (!isTrustDomain(trustDomain)
        || !isPath(path)
        || PREFIX.length() + trustDomain.length() + path.length() > LONGEST) {
      throw InvalidValue.of("SPIFFE ID", PREFIX + trustDomain + path, RULE);
    }
  }

  /**
   * Reads an id.
   *
   * @throws IllegalArgumentException if the text is no SPIFFE ID of a workload; the message names
   *     the text and the rule
   */
  public static SpiffeId parse(String text) {
    requireNonNull(text, "text");
    int slash = text.startsWith(PREFIX) ? text.indexOf('/', PREFIX.length()) : -1;
    if (slash < 0) {
      throw InvalidValue.of("SPIFFE ID", text, RULE);
    }
    return new SpiffeId(text.substring(PREFIX.length(), slash), text.substring(slash));
  }

  /** Whether the text is the name of a trust domain. */
  public static boolean isTrustDomain(String text) {
    return DOMAIN.spells(text, 1, LONGEST_DOMAIN);
  }

  /** Whether the text is a path of one segment or more. */
  public static boolean isPath(String text) {
    int at = 0;
    while (at < text.length()) {
      int end = SEGMENT.endOfRun(text, at + 1);
      String segment = text.substring(Math.min(at + 1, end), end);
      if (text.charAt(at) != '/'
          || segment.isEmpty()
          || segment.equals(".")
          || segment.equals("..")) {
        return false;
      }
      at = end;
    }
    return at > 0;
  }

  @Override
  public PrincipalKind kind() {
    return PrincipalKind.SPIFFE_ID;
  }

  /** The URI: {@code spiffe://{trust domain}{path}}. */
  @Override
  public String text() {
    return PREFIX + trustDomain + path;
  }

  /** The trust domain behind {@code spiffe://}. */
  @Override
  public String group() {
    return PREFIX + trustDomain;
  }

  @Override
  public String toString() {
    return text();
  }
}
