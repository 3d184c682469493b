package dev.rolecall.identity.pattern;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.Attributes;
import dev.rolecall.identity.IssuerAlias;
import dev.rolecall.identity.OidcSubject;
import dev.rolecall.identity.Principal;
import dev.rolecall.identity.internal.InvalidValue;
import java.util.Optional;

/**
 * The callers of one issuer of tokens that a rule means. No pattern spans issuers: a subject means
 * nothing without the issuer that gave it.
 *
 * <table>
 *   <caption>The spellings</caption>
 *   <tr><th>text</th><th>means</th></tr>
 *   <tr><td>{@code oidc:okta:0oa1b2c3}</td><td>that subject</td></tr>
 *   <tr><td>{@code oidc:github:repo:acme/*}</td>
 *       <td>subjects that start so; only behind {@code :}, {@code /} or {@code |}</td></tr>
 *   <tr><td>{@code oidc:github:*}</td><td>everyone that the issuer vouches for to this server</td></tr>
 *   <tr><td>{@code client:okta:0oa1b2c3}</td><td>every token issued to that client</td></tr>
 * </table>
 */
public sealed interface OidcPattern extends PrincipalPattern {

  /** The beginning of a pattern that means a client. */
  String CLIENT_PREFIX = "client:";

  /** The issuer that it means callers of. */
  IssuerAlias issuer();

  /**
   * Reads one of the spellings above.
   *
   * @throws IllegalArgumentException if the text is no such pattern; the message names the text and
   *     the rule
   */
  static OidcPattern parse(String text) {
    requireNonNull(text, "text");
    boolean client = text.startsWith(CLIENT_PREFIX);
    String prefix = client ? CLIENT_PREFIX : OidcSubject.PREFIX;
    String expected =
        client ? "client:{alias}:{client id}" : "oidc:{alias}:{subject} or oidc:{alias}:{prefix}*";
    int colon = text.startsWith(prefix) ? text.indexOf(':', prefix.length()) : -1;
    if (colon < 0) {
      throw InvalidValue.of(RolePatternText.WHAT, text, expected);
    }
    IssuerAlias issuer = new IssuerAlias(text.substring(prefix.length(), colon));
    String rest = text.substring(colon + 1);
    if (client) {
      return new Client(issuer, checked(text, rest, "client:{alias}:{client id}, the id"));
    }
    if (rest.endsWith("*")) {
      return new SubjectPrefix(issuer, rest.substring(0, rest.length() - 1));
    }
    return new Subject(
        new OidcSubject(issuer, checked(text, rest, "oidc:{alias}:{subject}, the subject")));
  }

  private static String checked(String text, String rest, String what) {
    if (!OidcSubject.isValid(rest)) {
      throw InvalidValue.of(RolePatternText.WHAT, text, what + " " + OidcSubject.RULE);
    }
    return rest;
  }

  /**
   * One subject.
   *
   * @param subject the subject
   */
  record Subject(OidcSubject subject) implements OidcPattern {
    /** Checks that nothing is absent. */
    public Subject {
      requireNonNull(subject, "subject");
    }

    @Override
    public IssuerAlias issuer() {
      return subject.issuer();
    }

    @Override
    public boolean matches(Principal principal, Attributes attributes) {
      return subject.equals(principal);
    }

    @Override
    public Optional<Principal> onlyPrincipal() {
      return Optional.of(subject);
    }

    @Override
    public String toString() {
      return subject.text();
    }
  }

  /**
   * The subjects of one issuer that start alike.
   *
   * @param issuer the issuer
   * @param prefix the start, which ends in {@code :}, {@code /} or {@code |}; empty for every
   *     subject
   */
  record SubjectPrefix(IssuerAlias issuer, String prefix) implements OidcPattern {

    private static final String ENDS = ":/|";

    /**
     * Checks the prefix.
     *
     * @throws IllegalArgumentException if the prefix breaks the rule above
     */
    public SubjectPrefix {
      requireNonNull(issuer, "issuer");
      requireNonNull(prefix, "prefix");
      if (!prefix.isEmpty()
          && (!OidcSubject.isValid(prefix)
              || ENDS.indexOf(prefix.charAt(prefix.length() - 1)) < 0)) {
        throw InvalidValue.of(
            RolePatternText.WHAT,
            text(issuer, prefix),
            "a * only at the end, behind one of : / |, so that no name is cut in the middle");
      }
    }

    /** Whether it means every subject of the issuer. */
    public boolean isEveryone() {
      return prefix.isEmpty();
    }

    @Override
    public boolean matches(Principal principal, Attributes attributes) {
      return principal instanceof OidcSubject subject
          && subject.issuer().equals(issuer)
          && subject.subject().startsWith(prefix);
    }

    private static String text(IssuerAlias issuer, String prefix) {
      return OidcSubject.PREFIX + issuer + ":" + prefix + "*";
    }

    @Override
    public String toString() {
      return text(issuer, prefix);
    }
  }

  /**
   * One client of one issuer, whatever the subject of its tokens.
   *
   * @param issuer the issuer
   * @param client the {@code client_id} or {@code azp} of its tokens
   */
  record Client(IssuerAlias issuer, String client) implements OidcPattern {
    /**
     * Checks the client's id.
     *
     * @throws IllegalArgumentException if the id breaks the rule of a subject
     */
    public Client {
      requireNonNull(issuer, "issuer");
      requireNonNull(client, "client");
      if (!OidcSubject.isValid(client)) {
        throw InvalidValue.of("client id", client, OidcSubject.RULE);
      }
    }

    @Override
    public boolean matches(Principal principal, Attributes attributes) {
      return principal instanceof OidcSubject subject
          && subject.issuer().equals(issuer)
          && attributes.client().equals(Optional.of(client));
    }

    /** A token that names no client may have been issued to this one. */
    @Override
    public boolean couldMatch(Principal principal, Attributes attributes) {
      return principal instanceof OidcSubject subject
          && subject.issuer().equals(issuer)
          && attributes.client().map(client::equals).orElse(true);
    }

    @Override
    public String toString() {
      return CLIENT_PREFIX + issuer + ":" + client;
    }
  }
}
