package dev.rolecall.tokencredentials.internal;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;

/** The rules for addresses that secrets are sent to. */
public final class Endpoint {

  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]|\\[0:0:0:0:0:0:0:1]");

  private Endpoint() {}

  /** Whether it is http or https with a host, and without user and fragment. */
  public static boolean isWellFormed(URI uri) {
    return uri.getScheme() != null
        && (isHttps(uri) || uri.getScheme().equalsIgnoreCase("http"))
        && uri.getHost() != null
        && !uri.getHost().isEmpty()
        && uri.getRawUserInfo() == null
        && uri.getRawFragment() == null;
  }

  /** Whether no one on the way reads what is sent there. */
  public static boolean isProtected(URI uri, boolean loopbackAllowed) {
    return isWellFormed(uri) && (isHttps(uri) || (loopbackAllowed && isLoopback(uri)));
  }

  /** By its text: a name that resolves to loopback today may resolve elsewhere tomorrow. */
  public static boolean isLoopback(URI uri) {
    return uri.getHost() != null
        && LOOPBACK.matcher(uri.getHost().toLowerCase(Locale.ROOT)).matches();
  }

  /** The address without what may be a secret: user, query and fragment. */
  public static String shown(URI uri) {
    if (uri.getHost() == null) {
      return uri.getScheme() == null ? "****" : uri.getScheme() + ":****";
    }
    return uri.getScheme() + "://" + host(uri) + (uri.getRawPath() == null ? "" : uri.getRawPath());
  }

  /** Host and port, for messages. */
  public static String host(URI uri) {
    return uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
  }

  private static boolean isHttps(URI uri) {
    return "https".equalsIgnoreCase(uri.getScheme());
  }
}
