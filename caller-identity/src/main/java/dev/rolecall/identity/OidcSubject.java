package dev.rolecall.identity;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.Alphabet;
import dev.rolecall.identity.internal.InvalidValue;

/**
 * The subject of an issuer's tokens, as a principal. A subject means nothing without its issuer:
 * two issuers may give one text to different callers.
 *
 * @param issuer the server's name for the issuer
 * @param subject the {@code sub} of its tokens: 1 to 255 printable ASCII characters, no space at
 *     either end, and no {@code *}, which a policy reads as a pattern
 * @see <a href="https://openid.net/specs/openid-connect-core-1_0.html#IDToken">OpenID Connect Core,
 *     section 2, sub</a>
 */
public record OidcSubject(IssuerAlias issuer, String subject) implements Principal {

  /** The beginning of the text. */
  public static final String PREFIX = "oidc:";

  /** The rule of a subject in words, as a message says it. */
  public static final String RULE =
      "1 to 255 printable ASCII characters, no * and no space at either end";

  private static final Alphabet PRINTABLE = Alphabet.range(' ', ')').and(Alphabet.range('+', '~'));
  private static final int LONGEST = 255;

  /**
   * Checks the subject.
   *
   * @throws IllegalArgumentException if the subject breaks the rule above
   */
  public OidcSubject {
    requireNonNull(issuer, "issuer");
    requireNonNull(subject, "subject");
    if (!isValid(subject)) {
      throw InvalidValue.of("subject", subject, RULE);
    }
  }

  /**
   * The subject of the issuer with that alias.
   *
   * @throws IllegalArgumentException if a text breaks its rule
   */
  public static OidcSubject of(String alias, String subject) {
    return new OidcSubject(new IssuerAlias(alias), subject);
  }

  /** Whether the text may be a subject, or a client id, which has the same rule. */
  public static boolean isValid(String text) {
    return PRINTABLE.spells(text, 1, LONGEST)
        && text.charAt(0) != ' '
        && text.charAt(text.length() - 1) != ' ';
  }

  @Override
  public PrincipalKind kind() {
    return PrincipalKind.OIDC_SUBJECT;
  }

  /** The subject behind {@code oidc:{alias}:}. */
  @Override
  public String text() {
    return PREFIX + issuer + ":" + subject;
  }

  /** The issuer behind {@code oidc:}: an issuer may have any number of subjects. */
  @Override
  public String group() {
    return PREFIX + issuer;
  }

  @Override
  public String toString() {
    return text();
  }
}
