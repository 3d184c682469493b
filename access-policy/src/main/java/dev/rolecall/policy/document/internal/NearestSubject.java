package dev.rolecall.policy.document.internal;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The subject, client, workload or name that an invalid text was most likely meant to be. */
final class NearestSubject {

  private static final List<String> PREFIXES = List.of("oidc", "client", "dns", "key");
  private static final Pattern WORD = Pattern.compile("([A-Za-z]+)\\s*:\\s*(.+)");
  private static final Pattern SPIFFE =
      Pattern.compile("(?i)spiffe:/*([A-Za-z0-9._-]+)((?:/[A-Za-z0-9._-]*)*)(/?\\*?)");

  private NearestSubject() {}

  /** The principal that was meant, if it is one; empty if the text is not near one. */
  static Optional<String> to(String text) {
    Matcher spiffe = SPIFFE.matcher(text);
    if (spiffe.matches()) {
      return Optional.of(spiffe(spiffe));
    }
    Matcher word = WORD.matcher(text);
    if (!word.matches()) {
      return Optional.empty();
    }
    String prefix = word.group(1).toLowerCase(Locale.ROOT);
    String rest = word.group(2);
    if (!PREFIXES.contains(prefix)) {
      return Optional.empty();
    }
    return Optional.of(
        prefix
            + ":"
            + (prefix.equals("dns") || prefix.equals("key")
                ? rest.toLowerCase(Locale.ROOT)
                : withLowerAlias(rest)));
  }

  /** The alias in lower case; case counts in a subject. */
  private static String withLowerAlias(String rest) {
    int colon = rest.indexOf(':');
    return colon < 0
        ? rest
        : rest.substring(0, colon).toLowerCase(Locale.ROOT) + rest.substring(colon);
  }

  /** A trust domain alone means all of its workloads; a slash at the end of a path is a slip. */
  private static String spiffe(Matcher form) {
    String domain = "spiffe://" + form.group(1).toLowerCase(Locale.ROOT);
    String path = form.group(2).replaceAll("/+", "/").replaceAll("/$", "");
    boolean several = form.group(3).endsWith("*") || path.isEmpty();
    return domain + path + (several ? "/*" : "");
  }
}
