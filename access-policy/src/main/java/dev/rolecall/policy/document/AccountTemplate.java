package dev.rolecall.policy.document;

import dev.rolecall.identity.AccountId;
import dev.rolecall.identity.OidcSubject;
import dev.rolecall.identity.pattern.OidcPattern;
import dev.rolecall.identity.pattern.PrincipalPattern;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A principal's text with an account group in the place of its account, such as {@code
 * arn:aws:iam::{prod}:role/checkout}.
 *
 * @param before the text before the group
 * @param group the group's name
 * @param after the text after the group
 */
record AccountTemplate(String before, String group, String after) {

  static final String EXPECTED =
      "{name} in the place of the account alone, such as arn:aws:iam::{prod}:role/checkout";

  private static final Pattern FORM =
      Pattern.compile("((?:arn:[^:{}]*:iam::|sso:(?:[^:{}]*:)?))\\{([^{}]*)\\}(:[^{}]*)");

  /** Stands in for each account while the rest of the text is checked. */
  private static final AccountId ANY = AccountId.parse("000000000000");

  /** The beginnings of texts that may have braces of their own. */
  private static final List<String> LITERAL =
      List.of(OidcSubject.PREFIX, OidcPattern.CLIENT_PREFIX);

  /** Whether the text has a brace, which no role without an account group has. */
  static boolean isMeant(String text) {
    return (text.indexOf('{') >= 0 || text.indexOf('}') >= 0)
        && LITERAL.stream().noneMatch(text::startsWith);
  }

  /** The template; empty if the braces stand elsewhere. */
  static Optional<AccountTemplate> parse(String text) {
    Matcher form = FORM.matcher(text);
    return form.matches()
        ? Optional.of(new AccountTemplate(form.group(1), form.group(2), form.group(3)))
        : Optional.empty();
  }

  /** Whether it names a role by its unique id, which belongs to the role of one account. */
  boolean isPinned() {
    return after.indexOf('#') >= 0;
  }

  /**
   * The pattern in some account.
   *
   * @throws IllegalArgumentException if the text is no pattern whatever the account
   */
  PrincipalPattern inAnyAccount() {
    return in(ANY);
  }

  /** The pattern of each of the accounts. */
  List<PrincipalPattern> in(List<AccountId> accounts) {
    return accounts.stream().map(this::in).toList();
  }

  private PrincipalPattern in(AccountId account) {
    return PrincipalPattern.parse(before + account + after);
  }

  /** The text of the pattern in some account. */
  String textInAnyAccount() {
    return before + ANY + after;
  }

  /** A text about the pattern in some account as one about the template. */
  String restored(String text) {
    return text.replace(ANY.digits(), "{" + group + "}");
  }
}
