package dev.rolecall.tests.binding;

import dev.rolecall.testsupport.TestCertificate;
import io.grpc.ChannelCredentials;
import io.grpc.ServerCredentials;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettySslContextChannelCredentials;
import io.grpc.netty.shaded.io.grpc.netty.NettySslContextServerCredentials;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import io.grpc.util.AdvancedTlsX509KeyManager;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;

/**
 * The implementation of TLS at each end: the JDK's, or BoringSSL by way of tcnative.
 *
 * @param server the server's
 * @param client the client's
 * @param version the one version of TLS spoken
 */
record TlsProviders(SslProvider server, SslProvider client, String version) {

  private static final List<SslProvider> BOTH = List.of(SslProvider.JDK, SslProvider.OPENSSL);

  /** Each provider with each other, in both versions of TLS that gRPC speaks. */
  static Stream<TlsProviders> all() {
    return Stream.concat(newest(), pairs("TLSv1.2"));
  }

  /** What gRPC takes by itself at both ends, where the provider makes no difference. */
  static Stream<TlsProviders> usual() {
    return Stream.of(new TlsProviders(SslProvider.OPENSSL, SslProvider.OPENSSL, "TLSv1.3"));
  }

  /** Each provider with each other, in TLS 1.3. */
  static Stream<TlsProviders> newest() {
    return pairs("TLSv1.3");
  }

  private static Stream<TlsProviders> pairs(String version) {
    return BOTH.stream()
        .flatMap(server -> BOTH.stream().map(client -> new TlsProviders(server, client, version)));
  }

  /** A server that shows what the manager holds. */
  ServerCredentials serving(AdvancedTlsX509KeyManager keys) {
    try {
      return NettySslContextServerCredentials.create(
          GrpcSslContexts.configure(SslContextBuilder.forServer((KeyManager) keys), server)
              .protocols(version)
              .build());
    } catch (SSLException e) {
      throw new AssertionError("the provider is on the class path", e);
    }
  }

  /** A channel that trusts those certificates. */
  ChannelCredentials trusting(TestCertificate... certificates) {
    TrustManager trust = TestCertificate.trustManagers(certificates)[0];
    try {
      return NettySslContextChannelCredentials.create(
          GrpcSslContexts.configure(SslContextBuilder.forClient().trustManager(trust), client)
              .protocols(version)
              .build());
    } catch (SSLException e) {
      throw new AssertionError("the provider is on the class path", e);
    }
  }
}
