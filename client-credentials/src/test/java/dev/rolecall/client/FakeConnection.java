package dev.rolecall.client;

import static java.util.Objects.requireNonNull;

import io.grpc.Attributes;
import io.grpc.CallCredentials;
import io.grpc.Grpc;
import io.grpc.MethodDescriptor;
import io.grpc.SecurityLevel;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** A connection as gRPC describes it to call credentials. */
final class FakeConnection extends CallCredentials.RequestInfo {

  /** SHA-256 of server-leaf.pem's DER form in base64url, as openssl and base64 make it. */
  static final String LEAF_HASH = "2xz0NM6Q1X5J8thBgaVGU_eELp_5Nb0H-6998fSeXqI";

  private final SecurityLevel level;
  private final Attributes attributes;

  private FakeConnection(SecurityLevel level, Attributes attributes) {
    this.level = level;
    this.attributes = attributes;
  }

  static FakeConnection of(SecurityLevel level) {
    return new FakeConnection(level, Attributes.EMPTY);
  }

  static FakeConnection tls(SSLSession session) {
    return new FakeConnection(SecurityLevel.PRIVACY_AND_INTEGRITY, attributes(session));
  }

  /** A new connection to the server of server-leaf.pem. */
  static FakeConnection tls() {
    return tls(showing(new AtomicInteger(), leaf()));
  }

  static Attributes attributes(SSLSession session) {
    return Attributes.newBuilder().set(Grpc.TRANSPORT_ATTR_SSL_SESSION, session).build();
  }

  /** A session that shows that chain and counts how often it is asked for it. */
  static SSLSession showing(AtomicInteger asked, Certificate... chain) {
    return session(
        () -> {
          asked.incrementAndGet();
          return chain;
        });
  }

  /** A session in which the peer has shown nothing. */
  static SSLSession unverified() {
    return session(
        () -> {
          throw new SSLPeerUnverifiedException("peer not authenticated");
        });
  }

  interface Peer {
    Certificate[] certificates() throws SSLPeerUnverifiedException;
  }

  static SSLSession session(Peer peer) {
    return (SSLSession)
        Proxy.newProxyInstance(
            FakeConnection.class.getClassLoader(),
            new Class<?>[] {SSLSession.class},
            (proxy, method, arguments) -> {
              return switch (method.getName()) {
                case "getPeerCertificates" -> peer.certificates();
                case "getSessionContext" -> null;
                default -> throw new UnsupportedOperationException(method.getName());
              };
            });
  }

  static Certificate leaf() {
    try (InputStream pem = FakeConnection.class.getResourceAsStream("server-leaf.pem")) {
      return CertificateFactory.getInstance("X.509")
          .generateCertificate(requireNonNull(pem, "server-leaf.pem"));
    } catch (IOException | CertificateException e) {
      throw new AssertionError(e);
    }
  }

  /** A certificate of which nothing matters but its bytes. */
  static Certificate certificate(byte[] der) {
    return new Certificate("fake") {
      @Override
      public byte[] getEncoded() {
        return der.clone();
      }

      @Override
      public void verify(java.security.PublicKey key) {}

      @Override
      public void verify(java.security.PublicKey key, String provider) {}

      @Override
      public String toString() {
        return "certificate";
      }

      @Override
      public java.security.@Nullable PublicKey getPublicKey() {
        return null;
      }
    };
  }

  @Override
  public MethodDescriptor<?, ?> getMethodDescriptor() {
    throw new UnsupportedOperationException();
  }

  @Override
  public SecurityLevel getSecurityLevel() {
    return level;
  }

  @Override
  public String getAuthority() {
    return "orders.test";
  }

  @Override
  public Attributes getTransportAttrs() {
    return attributes;
  }
}
