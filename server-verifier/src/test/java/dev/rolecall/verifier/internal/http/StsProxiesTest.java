package dev.rolecall.verifier.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The proxy variables of the environment, where the JVM is told of no proxy. */
final class StsProxiesTest {

  private static final URI STS = URI.create("https://sts.eu-west-1.amazonaws.com/?a=b");

  @ParameterizedTest
  @CsvSource({
    "HTTPS_PROXY, http://proxy.example:3128, 3128",
    "https_proxy, http://proxy.example:3128/, 3128",
    "HTTPS_PROXY, proxy.example:3128, 3128",
    "HTTPS_PROXY, http://proxy.example, 80",
    "HTTPS_PROXY, http://u:p%40ss@proxy.example:3128, 3128"
  })
  void select_whereTheEnvironmentNamesAProxy_isThat(String name, String value, int port) {
    StsProxies proxies = StsProxies.of(Map.of(name, value));

    assertThat(proxies.select(STS))
        .containsExactly(
            new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved("proxy.example", port)));
    assertThat(proxies.isOnTheWayTo(STS)).isTrue();
    assertThat(proxies.select(URI.create("http://127.0.0.1:4570/")))
        .containsExactly(Proxy.NO_PROXY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "https://proxy.example", "socks5://proxy.example:1080", "::", "http://"})
  void select_whereItNamesNone_isDirect(String value) {
    assertThat(StsProxies.of(Map.of("HTTPS_PROXY", value)).select(STS))
        .containsExactly(Proxy.NO_PROXY);
  }

  @ParameterizedTest
  @CsvSource({
    "'*', true",
    "sts.eu-west-1.amazonaws.com, true",
    "STS.EU-WEST-1.AMAZONAWS.COM, true",
    "'localhost,.amazonaws.com', true",
    "'localhost  amazonaws.com', true",
    "*.amazonaws.com, true",
    "amazonaws.com:443, true",
    "amazonaws.com:8443, false",
    "notamazonaws.com, false",
    "aws.com, false",
    "'', false"
  })
  void select_hostsOfNoProxy_areAskedDirectly(String exempt, boolean direct) {
    StsProxies proxies =
        StsProxies.of(Map.of("HTTPS_PROXY", "proxy.example:3128", "no_proxy", exempt));

    assertThat(proxies.isOnTheWayTo(STS)).isEqualTo(!direct);
  }

  @Test
  void select_tellsTheApplicationsSelectorNoProof() {
    ProxySelector before = ProxySelector.getDefault();
    List<URI> asked = new ArrayList<>();
    ProxySelector.setDefault(
        new ProxySelector() {
          @Override
          public List<Proxy> select(URI uri) {
            asked.add(uri);
            return List.of();
          }

          @Override
          public void connectFailed(URI uri, SocketAddress address, IOException failure) {
            asked.add(uri);
          }
        });
    try {
      StsProxies proxies = StsProxies.of(Map.of());
      assertThat(proxies.select(STS)).containsExactly(Proxy.NO_PROXY);
      proxies.connectFailed(STS, new InetSocketAddress(0), new IOException("refused"));
    } finally {
      ProxySelector.setDefault(before);
    }
    assertThat(asked).hasSize(2).containsOnly(URI.create("https://sts.eu-west-1.amazonaws.com/"));
  }

  @Test
  void login_ofTheEnvironment_isDecodedAndForThatProxyAlone() {
    StsProxies proxies = StsProxies.of(Map.of("HTTPS_PROXY", "http://u+x:p%40ss@proxy:3128"));

    assertThat(proxies.login(InetSocketAddress.createUnresolved("proxy", 3128)))
        .contains("Basic dSt4OnBAc3M=");
    assertThat(proxies.login(InetSocketAddress.createUnresolved("other", 3128))).isEmpty();
    assertThat(
            StsProxies.of(Map.of("HTTPS_PROXY", "proxy:1"))
                .login(InetSocketAddress.createUnresolved("proxy", 1)))
        .isEmpty();
  }

  @Test
  void described_eachVariable_isUsedOrNamedAsUnused() {
    assertThat(told(Map.of("HTTPS_PROXY", "http://u:hunter2@proxy.example:3128", "NO_PROXY", "x")))
        .containsExactly(
            "HTTPS_PROXY USED STS is called through it",
            "NO_PROXY UNUSED none of its entries is sts.eu-west-1.amazonaws.com");
    assertThat(told(Map.of("https_proxy", "proxy.example", "no_proxy", ".amazonaws.com")))
        .containsExactly(
            "https_proxy UNUSED NO_PROXY names sts.eu-west-1.amazonaws.com",
            "no_proxy USED STS is called without a proxy");
    assertThat(
            told(
                Map.of("HTTPS_PROXY", "socks5://u:hunter2@p", "ALL_PROXY", "p", "http_proxy", "p")))
        .containsExactly(
            "HTTPS_PROXY UNREADABLE it is not of the form http://[user:password@]host[:port]",
            "http_proxy UNUSED the proxy to STS is named by HTTPS_PROXY",
            "ALL_PROXY UNUSED the proxy to STS is named by HTTPS_PROXY");
    assertThat(told(Map.of("HTTPS_PROXY", " "))).isEmpty();
  }

  private static List<String> told(Map<String, String> environment) {
    return StsProxies.of(environment).described(STS).stream()
        .map(setting -> setting.name() + " " + setting.state() + " " + setting.meaning())
        .toList();
  }
}
