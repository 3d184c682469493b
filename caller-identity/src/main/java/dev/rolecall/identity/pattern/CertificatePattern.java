package dev.rolecall.identity.pattern;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.Attributes;
import dev.rolecall.identity.DnsName;
import dev.rolecall.identity.IssuerAlias;
import dev.rolecall.identity.Principal;
import dev.rolecall.identity.SpiffeId;
import dev.rolecall.identity.internal.InvalidValue;
import java.util.Optional;

/**
 * The holders of certificates that a rule means, by a SPIFFE ID or a DNS name. No pattern spans
 * trust domains or authorities.
 *
 * <table>
 *   <caption>The spellings</caption>
 *   <tr><th>text</th><th>means</th></tr>
 *   <tr><td>{@code spiffe://example.org/ns/shop/sa/checkout}</td><td>that workload</td></tr>
 *   <tr><td>{@code spiffe://example.org/ns/shop/*}</td><td>workloads whose paths start so</td></tr>
 *   <tr><td>{@code spiffe://example.org/*}</td><td>every workload of the trust domain</td></tr>
 *   <tr><td>{@code dns:partners:api.example.com}</td>
 *       <td>that name, in a certificate of that authority</td></tr>
 * </table>
 */
public sealed interface CertificatePattern extends PrincipalPattern {

  /**
   * Reads one of the spellings above.
   *
   * @throws IllegalArgumentException if the text is no such pattern; the message names the text and
   *     the rule
   */
  static CertificatePattern parse(String text) {
    requireNonNull(text, "text");
    if (!text.startsWith(DnsName.PREFIX)) {
      return text.endsWith("/*") ? prefix(text) : new Spiffe(SpiffeId.parse(text));
    }
    int colon = text.indexOf(':', DnsName.PREFIX.length());
    if (colon < 0) {
      throw InvalidValue.of(RolePatternText.WHAT, text, "dns:{alias}:{name}");
    }
    String name = text.substring(colon + 1);
    if (!DnsName.isValid(name)) {
      throw InvalidValue.of(
          RolePatternText.WHAT, text, "dns:{alias}:{name}, the name " + DnsName.RULE);
    }
    return new Dns(
        new DnsName(new IssuerAlias(text.substring(DnsName.PREFIX.length(), colon)), name));
  }

  private static SpiffePrefix prefix(String text) {
    int slash = text.startsWith(SpiffeId.PREFIX) ? text.indexOf('/', SpiffeId.PREFIX.length()) : -1;
    if (slash < 0) {
      throw InvalidValue.of(RolePatternText.WHAT, text, SpiffeId.RULE);
    }
    return new SpiffePrefix(
        text.substring(SpiffeId.PREFIX.length(), slash), text.substring(slash, text.length() - 1));
  }

  /**
   * One workload.
   *
   * @param id its SPIFFE ID
   */
  record Spiffe(SpiffeId id) implements CertificatePattern {
    /** Checks that nothing is absent. */
    public Spiffe {
      requireNonNull(id, "id");
    }

    @Override
    public boolean matches(Principal principal, Attributes attributes) {
      return id.equals(principal);
    }

    @Override
    public Optional<Principal> onlyPrincipal() {
      return Optional.of(id);
    }

    @Override
    public String toString() {
      return id.text();
    }
  }

  /**
   * The workloads of one trust domain whose paths start alike.
   *
   * @param trustDomain the trust domain
   * @param prefix the start of the path, which ends in {@code /}; {@code /} for every workload
   */
  record SpiffePrefix(String trustDomain, String prefix) implements CertificatePattern {
    /**
     * Checks both parts.
     *
     * @throws IllegalArgumentException if no SPIFFE ID can start so
     */
    public SpiffePrefix {
      requireNonNull(trustDomain, "trustDomain");
      requireNonNull(prefix, "prefix");
      boolean path =
          prefix.equals("/")
              || (prefix.endsWith("/")
                  && SpiffeId.isPath(prefix.substring(0, prefix.length() - 1)));
      if (!SpiffeId.isTrustDomain(trustDomain) || !path) {
        throw InvalidValue.of(
            RolePatternText.WHAT,
            SpiffeId.PREFIX + trustDomain + prefix + "*",
            SpiffeId.RULE + "; a * only behind a /, at the end");
      }
    }

    @Override
    public boolean matches(Principal principal, Attributes attributes) {
      return principal instanceof SpiffeId id
          && id.trustDomain().equals(trustDomain)
          && id.path().startsWith(prefix);
    }

    @Override
    public String toString() {
      return SpiffeId.PREFIX + trustDomain + prefix + "*";
    }
  }

  /**
   * One DNS name that one authority vouches for.
   *
   * @param name the name
   */
  record Dns(DnsName name) implements CertificatePattern {
    /** Checks that nothing is absent. */
    public Dns {
      requireNonNull(name, "name");
    }

    @Override
    public boolean matches(Principal principal, Attributes attributes) {
      return name.equals(principal);
    }

    @Override
    public Optional<Principal> onlyPrincipal() {
      return Optional.of(name);
    }

    @Override
    public String toString() {
      return name.text();
    }
  }
}
