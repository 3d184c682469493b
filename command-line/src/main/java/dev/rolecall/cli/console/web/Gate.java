package dev.rolecall.cli.console.web;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * The rules that each request has to pass before anything is looked at: it names this console as
 * its host, and no other site has had it sent.
 *
 * <ul>
 *   <li>{@code Host} is exactly the address of this console. A name that another site has made to
 *       resolve to this machine (DNS rebinding) is refused.
 *   <li>{@code Origin} is absent or this console's, in any case of a method.
 *   <li>{@code Sec-Fetch-Site} is absent, {@code same-origin} or {@code none}. A plain navigation
 *       of a whole tab may come from elsewhere: it carries no token, and the page without a token
 *       shows nothing.
 * </ul>
 *
 * @see <a href="https://www.w3.org/TR/fetch-metadata/">Fetch Metadata Request Headers</a>
 */
final class Gate {

  private static final int FORBIDDEN = 403;

  /** RFC 9110, section 15.5.20: this server is not meant. */
  private static final int MISDIRECTED = 421;

  private final String host;

  /**
   * The gate of a console.
   *
   * @param host its address with its port, as a browser names it
   */
  Gate(String host) {
    this.host = host;
  }

  /** The address that the page is loaded from. */
  String origin() {
    return "http://" + host;
  }

  /**
   * A refusal.
   *
   * @param status the status of HTTP
   * @param words what is wrong
   */
  record Refused(int status, String words) {}

  /** Why the request is refused; empty where it may go on. */
  Optional<Refused> refusal(HttpExchange exchange) {
    Headers headers = exchange.getRequestHeaders();
    URI target = exchange.getRequestURI();
    if (!List.of(host).equals(headers.get("Host")) || target.getRawAuthority() != null) {
      return Optional.of(
          new Refused(MISDIRECTED, "this is the console at " + host + ", and no other host"));
    }
    List<String> origins = headers.getOrDefault("Origin", List.of());
    if (!origins.isEmpty() && !origins.equals(List.of(origin()))) {
      return Optional.of(new Refused(FORBIDDEN, "another site has sent this request"));
    }
    if (!isOfThisSite(headers) && !isNavigation(exchange)) {
      return Optional.of(new Refused(FORBIDDEN, "another site has had this request sent"));
    }
    return headers.containsKey("Upgrade")
        ? Optional.of(new Refused(FORBIDDEN, "no other protocol is spoken here"))
        : Optional.empty();
  }

  private static boolean isOfThisSite(Headers headers) {
    List<String> sites = headers.getOrDefault("Sec-Fetch-Site", List.of("none"));
    return sites.equals(List.of("same-origin")) || sites.equals(List.of("none"));
  }

  /** A tab goes to the page itself: not a frame, not an image, not a form. */
  private static boolean isNavigation(HttpExchange exchange) {
    Headers headers = exchange.getRequestHeaders();
    return exchange.getRequestMethod().equals("GET")
        && "/".equals(exchange.getRequestURI().getRawPath())
        && List.of("navigate").equals(headers.get("Sec-Fetch-Mode"))
        && List.of("document").equals(headers.get("Sec-Fetch-Dest"));
  }
}
