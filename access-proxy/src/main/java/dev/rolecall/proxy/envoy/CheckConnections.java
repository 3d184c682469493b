package dev.rolecall.proxy.envoy;

import static dev.rolecall.identity.RefusalReason.ATTESTATION_INVALID;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.protobuf.ByteString;
import dev.rolecall.access.AccessControl;
import dev.rolecall.access.ConnectionMemo;
import dev.rolecall.access.scheme.Credential;
import dev.rolecall.proxy.internal.check.Check;
import dev.rolecall.proxy.internal.format.ReportedCertificate;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The connections that end at Envoy, as well as a Check tells them apart: by the client's address
 * and port. Calls of many callers may come by one such connection, from a proxy before Envoy; so a
 * caller's credential has one of its own.
 *
 * <p>Key: the address, the port, the reported certificate and a hash of the credential. Size: at
 * most 64 MiB, each counted as what its client sent and 3 KiB, which hold a token and an answer.
 * Lifetime: ten minutes after the last use. Nothing fails here.
 */
final class CheckConnections {

  static final long MOST_BYTES = 64 * 1_048_576L;

  private static final int OVERHEAD = 3 * 1_024;
  private static final Duration IDLE = Duration.ofMinutes(10);

  /** The end of a credential is the part that differs most: a signature, as a rule. */
  private static final int HASHED = 32;

  /** A plain class: what compares records is slower than the rest of a look-up. */
  private static final class Key {

    final String address;
    final int port;
    final ByteString certificate;
    final int credential;
    final int length;

    Key(String address, int port, ByteString certificate, @Nullable ByteString credential) {
      this(
          address, port, certificate, tail(credential), credential == null ? 0 : credential.size());
    }

    private Key(String address, int port, ByteString certificate, int credential, int length) {
      this.address = address;
      this.port = port;
      this.certificate = certificate;
      this.credential = credential;
      this.length = length;
    }

    /** A hash of the end of a credential. */
    private static int tail(@Nullable ByteString credential) {
      if (credential == null) {
        return 0;
      }
      int length = credential.size();
      int hash = length;
      for (int at = Math.max(0, length - HASHED); at < length; at++) {
        hash = 31 * hash + credential.byteAt(at);
      }
      return hash;
    }

    /** The same, without the bytes of the Check that the certificate is part of. */
    Key kept() {
      return new Key(
          address, port, ByteString.copyFrom(certificate.toByteArray()), credential, length);
    }

    int weight() {
      return OVERHEAD + certificate.size() + length;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key key
          && credential == key.credential
          && length == key.length
          && port == key.port
          && address.equals(key.address)
          && certificate.equals(key.certificate);
    }

    @Override
    public int hashCode() {
      return 31 * (31 * (31 * credential + port) + address.hashCode()) + certificate.hashCode();
    }
  }

  private final Cache<Key, CheckConnection> connections;
  private final AccessControl access;
  private final boolean readsCertificates;

  /**
   * No connection yet.
   *
   * @param readsCertificates whether a reported certificate is one that its client proved to hold
   * @param mostBytes the bound: {@link #MOST_BYTES}, but for a test
   */
  CheckConnections(
      AccessControl access, boolean readsCertificates, LongSupplier ticker, long mostBytes) {
    this.access = access;
    this.readsCertificates = readsCertificates;
    this.connections =
        Caffeine.newBuilder()
            .maximumWeight(mostBytes)
            .<Key, CheckConnection>weigher((key, connection) -> key.weight())
            .expireAfterAccess(IDLE)
            .ticker(ticker::getAsLong)
            .executor(Runnable::run)
            .build();
  }

  /** The memo of the connection that a call came in on. */
  CheckConnection of(String address, Check check) {
    ByteString certificate = readsCertificates ? check.source().certificate() : ByteString.EMPTY;
    Key key =
        new Key(address, check.source().port(), certificate, check.headers().credentialBytes());
    CheckConnection known = connections.getIfPresent(key);
    return known != null ? known : connections.get(key.kept(), this::made);
  }

  /** How many there are. */
  long count() {
    connections.cleanUp();
    return connections.estimatedSize();
  }

  private CheckConnection made(Key key) {
    return new CheckConnection(memo(key));
  }

  /**
   * A proof that is bound to the channel names the certificate of Envoy, of which a Check tells no
   * hash: the scheme must list it.
   */
  private ConnectionMemo memo(Key key) {
    try {
      return access.connection(
          key.address, Optional.empty(), null, ReportedCertificate.in(key.certificate));
    } catch (CertificateException e) {
      // Never as if there were no certificate: the call's credential would then count.
      return access.connection(
          key.address, Optional.empty(), new Credential.Unusable(ATTESTATION_INVALID));
    }
  }
}
