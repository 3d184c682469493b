package dev.rolecall.identity;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.Alphabet;
import dev.rolecall.identity.internal.InvalidValue;

/**
 * A DNS name in a client certificate, as a principal. A name means nothing without the authority
 * that vouches for it: two authorities may certify one name to different holders.
 *
 * @param authority the server's name for the certificate authority
 * @param name 1 to 253 characters: labels of {@code [a-z0-9-]}, 1 to 63 characters each, with dots
 *     between them and no hyphen at a label's end. No wildcard
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.6">RFC 5280, section
 *     4.2.1.6</a>
 */
public record DnsName(IssuerAlias authority, String name) implements Principal {

  /** The beginning of the text. */
  public static final String PREFIX = "dns:";

  /** The rule of a name in words, as a message says it. */
  public static final String RULE =
      "1 to 253 characters in lower case, labels of a-z 0-9 - with dots between them, no wildcard";

  private static final Alphabet LABEL = Alphabet.LOWER_AND_DIGITS.and(Alphabet.of("-"));
  private static final int LONGEST = 253;
  private static final int LONGEST_LABEL = 63;

  /**
   * Checks the name.
   *
   * @throws IllegalArgumentException if the name breaks the rule above
   */
  public DnsName {
    requireNonNull(authority, "authority");
    requireNonNull(name, "name");
    if (!isValid(name)) {
      throw InvalidValue.of("DNS name", name, RULE);
    }
  }

  /**
   * The name that the authority with that alias vouches for.
   *
   * @throws IllegalArgumentException if a text breaks its rule
   */
  public static DnsName of(String alias, String name) {
    return new DnsName(new IssuerAlias(alias), name);
  }

  /** Whether the text is a DNS name as the rule above has it. */
  public static boolean isValid(String name) {
    if (name.isEmpty() || name.length() > LONGEST) {
      return false;
    }
    for (String label : name.split("\\.", -1)) {
      if (!LABEL.spells(label, 1, LONGEST_LABEL) || label.startsWith("-") || label.endsWith("-")) {
        return false;
      }
    }
    return true;
  }

  @Override
  public PrincipalKind kind() {
    return PrincipalKind.DNS_NAME;
  }

  /** The name behind {@code dns:{alias}:}. */
  @Override
  public String text() {
    return PREFIX + authority + ":" + name;
  }

  /** The authority behind {@code dns:}. */
  @Override
  public String group() {
    return PREFIX + authority;
  }

  @Override
  public String toString() {
    return text();
  }
}
