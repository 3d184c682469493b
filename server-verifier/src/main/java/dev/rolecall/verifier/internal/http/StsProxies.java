package dev.rolecall.verifier.internal.http;

import static java.lang.System.Logger.Level.WARNING;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import okhttp3.Credentials;
import org.jspecify.annotations.Nullable;

/**
 * The way to STS: through the proxy that the JVM's default selector names; where the JVM is told of
 * none, through that of {@code HTTPS_PROXY}, but for hosts of {@code NO_PROXY}, as the AWS CLI and
 * SDKs do. Plain http is for loopback addresses and takes no proxy of the environment.
 *
 * @see <a href="https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-proxy.html">Using an
 *     HTTP proxy for the AWS CLI</a>
 */
public final class StsProxies extends ProxySelector {

  private static final System.Logger LOGGER = System.getLogger("rolecall.sts");
  private static final int HTTP_PORT = 80;
  private static final List<Proxy> DIRECT = List.of(Proxy.NO_PROXY);

  private final Optional<Named> named;
  private final List<String> exempt;
  private final Map<String, String> environment;

  /** A proxy of the environment, with the header's value that it is greeted with. */
  private record Named(InetSocketAddress address, Optional<String> login) {
    @Override
    public String toString() {
      return "Named[" + address + ", ****]";
    }
  }

  private StsProxies(Optional<Named> named, List<String> exempt, Map<String, String> environment) {
    this.named = named;
    this.exempt = exempt;
    this.environment = environment;
  }

  /** The JVM's settings, and those of that environment. */
  public static StsProxies of(Map<String, String> environment) {
    List<String> exempt =
        value(environment, "NO_PROXY").stream()
            .flatMap(list -> Stream.of(list.toLowerCase(Locale.ROOT).split("[,\\s]+")))
            .filter(entry -> !entry.isEmpty())
            .toList();
    return new StsProxies(
        value(environment, "HTTPS_PROXY").flatMap(StsProxies::read), exempt, environment);
  }

  private static Optional<String> value(Map<String, String> environment, String name) {
    return variable(environment, name).map(key -> environment.getOrDefault(key, "").strip());
  }

  /** The variable of that name that is set; the lower case first, as curl and the AWS CLI do. */
  private static Optional<String> variable(Map<String, String> environment, String name) {
    return Stream.of(name.toLowerCase(Locale.ROOT), name)
        .filter(key -> !environment.getOrDefault(key, "").isBlank())
        .findFirst();
  }

  private static Optional<Named> read(String text) {
    try {
      URI uri = URI.create(text.contains("://") ? text : "http://" + text);
      if ("http".equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null) {
        int port = uri.getPort() < 0 ? HTTP_PORT : uri.getPort();
        return Optional.of(
            new Named(
                InetSocketAddress.createUnresolved(uri.getHost(), port),
                Optional.ofNullable(uri.getRawUserInfo()).map(StsProxies::basic)));
      }
    } catch (IllegalArgumentException e) {
      // Its message would quote what may hold a password.
    }
    LOGGER.log(WARNING, "HTTPS_PROXY is set and not used: " + ProxySetting.NOT_READ);
    return Optional.empty();
  }

  private static String basic(String userInfo) {
    int colon = userInfo.indexOf(':');
    String user = colon < 0 ? userInfo : userInfo.substring(0, colon);
    String password = colon < 0 ? "" : userInfo.substring(colon + 1);
    return Credentials.basic(decoded(user), decoded(password), UTF_8);
  }

  private static String decoded(String text) {
    // A plus is a plus there, other than in a form.
    return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
  }

  @Override
  public List<Proxy> select(URI uri) {
    ProxySelector jvm = ProxySelector.getDefault();
    // Without the query: a selector is the application's, and the query is a proof.
    List<Proxy> chosen = jvm == null ? DIRECT : jvm.select(uri.resolve("/"));
    if (named.isEmpty() || isDecided(jvm, chosen) || !isMeant(uri)) {
      return chosen.isEmpty() ? DIRECT : chosen;
    }
    return List.of(new Proxy(Proxy.Type.HTTP, named.get().address()));
  }

  /** Whether the JVM, or the application, has said which way to go. */
  private static boolean isDecided(@Nullable ProxySelector jvm, List<Proxy> chosen) {
    return chosen.stream().anyMatch(proxy -> proxy.type() != Proxy.Type.DIRECT)
        || System.getProperty("https.proxyHost") != null
        || (jvm != null && !jvm.getClass().getName().startsWith("sun.net."));
  }

  private boolean isMeant(URI uri) {
    String host = requireNonNull(uri.getHost(), "host").toLowerCase(Locale.ROOT);
    int port = uri.getPort() < 0 ? 443 : uri.getPort();
    return "https".equals(uri.getScheme())
        && exempt.stream().noneMatch(entry -> isExempt(entry, host, port));
  }

  private static boolean isExempt(String entry, String host, int port) {
    if (entry.equals("*")) {
      return true;
    }
    String ofPort = ":" + port;
    String name =
        entry.endsWith(ofPort) ? entry.substring(0, entry.length() - ofPort.length()) : entry;
    String bare =
        name.startsWith("*.") ? name.substring(2) : name.startsWith(".") ? name.substring(1) : name;
    return host.equals(bare) || host.endsWith("." + bare);
  }

  /** The value of {@code Proxy-Authorization} for that proxy, where the environment has one. */
  Optional<String> login(InetSocketAddress proxy) {
    return named
        .filter(
            one ->
                one.address().getHostString().equals(proxy.getHostString())
                    && one.address().getPort() == proxy.getPort())
        .flatMap(Named::login);
  }

  /** Whether a proxy stands between here and there, so that it resolves the name. */
  boolean isOnTheWayTo(URI uri) {
    return select(uri).stream().anyMatch(proxy -> proxy.type() != Proxy.Type.DIRECT);
  }

  /** The proxy between here and there, as host and port; empty where there is none. */
  public Optional<String> proxyTo(URI uri) {
    return select(uri).stream()
        .filter(proxy -> proxy.address() instanceof InetSocketAddress)
        .map(proxy -> (InetSocketAddress) proxy.address())
        .map(address -> address.getHostString() + ":" + address.getPort())
        .findFirst();
  }

  /** The environment's settings of proxies, each with what becomes of it on the way there. */
  public List<ProxySetting> described(URI uri) {
    ProxySelector jvm = ProxySelector.getDefault();
    boolean decided = isDecided(jvm, jvm == null ? DIRECT : jvm.select(uri));
    boolean exempted = "https".equals(uri.getScheme()) && !isMeant(uri);
    List<ProxySetting> settings = new ArrayList<>();
    variable(environment, "HTTPS_PROXY")
        .map(name -> proxySetting(name, uri, decided, exempted))
        .ifPresent(settings::add);
    variable(environment, "NO_PROXY")
        .map(
            name ->
                named.isEmpty() || decided
                    ? ProxySetting.unused(name, "HTTPS_PROXY names no proxy that is used")
                    : exempted
                        ? ProxySetting.used(name, "STS is called without a proxy")
                        : ProxySetting.unused(name, "none of its entries is " + uri.getHost()))
        .ifPresent(settings::add);
    for (String other : List.of("HTTP_PROXY", "ALL_PROXY")) {
      variable(environment, other)
          .map(name -> ProxySetting.unused(name, "the proxy to STS is named by HTTPS_PROXY"))
          .ifPresent(settings::add);
    }
    return settings;
  }

  private ProxySetting proxySetting(String name, URI uri, boolean decided, boolean exempted) {
    if (named.isEmpty()) {
      return ProxySetting.unreadable(name);
    }
    if (decided) {
      return ProxySetting.unused(name, "the JVM's own proxy settings (https.proxyHost) win");
    }
    if (exempted) {
      return ProxySetting.unused(name, "NO_PROXY names " + uri.getHost());
    }
    return isMeant(uri)
        ? ProxySetting.used(name, "STS is called through it")
        : ProxySetting.unused(name, "plain http takes no proxy");
  }

  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException failure) {
    ProxySelector jvm = ProxySelector.getDefault();
    if (jvm != null) {
      jvm.connectFailed(uri.resolve("/"), address, failure);
    }
  }
}
