package dev.rolecall.tokens.internal.http;

import dev.rolecall.identity.internal.InvalidValue;
import java.net.URI;
import java.util.Optional;

/**
 * The rule of URLs of issuers: https, with a host, without user information and fragment. Plain
 * http only where it is allowed, and to this machine alone.
 */
public final class IssuerUrl {

  /** The rule in words, as a message says it. */
  public static final String RULE =
      "https://host/path without user information and fragment; http:// for loopback alone, where"
          + " plain HTTP is allowed";

  private IssuerUrl() {}

  /**
   * Checks a URL.
   *
   * @param name the name of the value, for the message
   * @throws IllegalArgumentException if it breaks the rule
   */
  public static URI check(String name, URI url, boolean plainOnLoopback) {
    if (!isGood(url, plainOnLoopback)) {
      throw InvalidValue.of(name, url.toString(), RULE);
    }
    return url;
  }

  /** The URL that a document of the issuer names; empty if it breaks the rule. */
  public static Optional<URI> read(String text, boolean plainOnLoopback) {
    try {
      return Optional.of(URI.create(text)).filter(url -> isGood(url, plainOnLoopback));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static boolean isGood(URI url, boolean plainOnLoopback) {
    String scheme = url.getScheme();
    String host = url.getHost();
    if (scheme == null
        || host == null
        || url.getRawUserInfo() != null
        || url.getRawFragment() != null) {
      return false;
    }
    return scheme.equals("https") || (plainOnLoopback && scheme.equals("http") && isLoopback(host));
  }

  private static boolean isLoopback(String host) {
    return host.equals("localhost")
        || host.equals("[::1]")
        || host.matches("127(\\.[0-9]{1,3}){3}");
  }
}
