package dev.rolecall.identity;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.InvalidValue;

/** The reader of a principal's text, which takes the one spelling of it alone. */
final class PrincipalText {

  private static final String ROLE_PREFIX = "arn:";
  private static final String RULE =
      "the text of one principal: arn:{partition}:iam::{account}:role/{name},"
          + " oidc:{alias}:{subject}, spiffe://{domain}/{path}, dns:{alias}:{name} or key:{name}";

  private PrincipalText() {}

  static Principal parse(String text) {
    requireNonNull(text, "text");
    Principal principal = read(text);
    // An ARN with a path names the role too, in a second spelling.
    if (!principal.text().equals(text)) {
      throw InvalidValue.of("principal", text, RULE);
    }
    return principal;
  }

  private static Principal read(String text) {
    if (text.startsWith(ROLE_PREFIX)) {
      return IamRole.ofUnknownId(RoleArn.parse(text));
    }
    if (text.startsWith(SpiffeId.PREFIX)) {
      return SpiffeId.parse(text);
    }
    if (text.startsWith(ApiClient.PREFIX)) {
      return new ApiClient(text.substring(ApiClient.PREFIX.length()));
    }
    String prefix = text.startsWith(DnsName.PREFIX) ? DnsName.PREFIX : OidcSubject.PREFIX;
    int colon = text.startsWith(prefix) ? text.indexOf(':', prefix.length()) : -1;
    if (colon < 0) {
      throw InvalidValue.of("principal", text, RULE);
    }
    String alias = text.substring(prefix.length(), colon);
    String name = text.substring(colon + 1);
    return prefix.equals(DnsName.PREFIX) ? DnsName.of(alias, name) : OidcSubject.of(alias, name);
  }
}
