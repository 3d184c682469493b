package dev.rolecall.verifier.internal.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.util.Arrays;
import java.util.Optional;
import okhttp3.Challenge;
import okhttp3.Credentials;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.Route;
import org.jspecify.annotations.Nullable;

/**
 * Answers a proxy that asks who is there, by HTTP Basic authentication: with the user and password
 * in the environment's proxy setting, else with what the JVM's default {@link Authenticator} says.
 * It is asked on the thread of the one request, for a proxy alone and never for STS, and learns
 * nothing of the request but its host.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7617">RFC 7617</a>
 */
final class ProxyLogin implements okhttp3.Authenticator {

  private static final String HEADER = "Proxy-Authorization";
  private static final int PROXY_AUTHENTICATION_REQUIRED = 407;

  private final StsProxies proxies;

  ProxyLogin(StsProxies proxies) {
    this.proxies = requireNonNull(proxies, "proxies");
  }

  /**
   * The request with credentials; null to go ahead without.
   *
   * @throws ProxyAuthenticationException if the proxy wants what there is not
   */
  @Override
  public @Nullable Request authenticate(@Nullable Route route, Response response)
      throws IOException {
    if (response.code() != PROXY_AUTHENTICATION_REQUIRED
        || route == null
        || !isOfTheProxy(response.request())) {
      return null;
    }
    InetSocketAddress proxy = (InetSocketAddress) requireNonNull(route.proxy().address());
    String at = proxy.getHostString() + ":" + proxy.getPort();
    boolean isAnnounced =
        response.challenges().stream()
            .anyMatch(challenge -> challenge.scheme().equals("OkHttp-Preemptive"));
    if (isAnnounced) {
      // Before the first CONNECT: only what is known without a request.
      return proxies.login(proxy).map(login -> with(response.request(), login)).orElse(null);
    }
    if (response.request().header(HEADER) != null) {
      throw new ProxyAuthenticationException("the proxy " + at + " refuses the credentials given");
    }
    Optional<Challenge> basic =
        response.challenges().stream()
            .filter(challenge -> "Basic".equalsIgnoreCase(challenge.scheme()))
            .findFirst();
    if (basic.isEmpty()) {
      throw new ProxyAuthenticationException(
          "the proxy " + at + " asks for credentials otherwise than by Basic authentication");
    }
    String realm = String.valueOf(basic.get().realm());
    return proxies
        .login(proxy)
        .or(() -> asked(route.proxy(), proxy, realm, response.request()))
        .map(login -> with(response.request(), login))
        .orElseThrow(
            () ->
                new ProxyAuthenticationException(
                    "the proxy " + at + " asks for credentials, and there are none"));
  }

  /** Within the tunnel it is the far end that answers, and it must not learn the credentials. */
  private static boolean isOfTheProxy(Request request) {
    return request.method().equals("CONNECT") || !request.isHttps();
  }

  private static Optional<String> asked(
      Proxy kind, InetSocketAddress proxy, String realm, Request request) {
    if (kind.type() != Proxy.Type.HTTP || Authenticator.getDefault() == null) {
      return Optional.empty();
    }
    PasswordAuthentication answer =
        Authenticator.requestPasswordAuthentication(
            proxy.getHostString(),
            proxy.getAddress(),
            proxy.getPort(),
            "http",
            realm,
            "Basic",
            // Of the whole URL the origin alone: its query is a proof.
            request.url().newBuilder().encodedPath("/").query(null).build().url(),
            Authenticator.RequestorType.PROXY);
    if (answer == null) {
      return Optional.empty();
    }
    char[] password = answer.getPassword();
    try {
      return Optional.of(Credentials.basic(answer.getUserName(), new String(password), UTF_8));
    } finally {
      Arrays.fill(password, ' ');
    }
  }

  private static Request with(Request request, String login) {
    return request.newBuilder().header(HEADER, login).build();
  }
}
