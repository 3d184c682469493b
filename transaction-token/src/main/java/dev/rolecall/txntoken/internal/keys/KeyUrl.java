package dev.rolecall.txntoken.internal.keys;

import dev.rolecall.identity.internal.InvalidValue;
import java.net.URI;
import java.util.regex.Pattern;

/** The rule of the URLs that keys are fetched from. */
public final class KeyUrl {

  private static final String RULE =
      "https://host/path, or http:// to this machine alone, without user information and fragment";
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|\\[::1]|127(\\.[0-9]{1,3}){3}");

  private KeyUrl() {}

  /**
   * The URL, if it is within the rule.
   *
   * @throws IllegalArgumentException if it is not; user information is not quoted
   */
  public static URI check(URI url) {
    if (url.getRawUserInfo() != null) {
      throw InvalidValue.of("url", "one with user information", RULE);
    }
    String host = url.getHost();
    boolean secure = "https".equals(url.getScheme());
    boolean local = "http".equals(url.getScheme()) && host != null && isLoopback(host);
    if (host == null || url.getRawFragment() != null || !(secure || local)) {
      throw InvalidValue.of("url", url.toString(), RULE);
    }
    return url;
  }

  private static boolean isLoopback(String host) {
    return LOOPBACK.matcher(host).matches();
  }
}
