package dev.rolecall.proxy.envoy;

import static dev.rolecall.identity.RefusalReason.ATTESTATION_INVALID;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.protobuf.ByteString;
import dev.rolecall.access.AccessControl;
import dev.rolecall.access.ConnectionMemo;
import dev.rolecall.access.scheme.Credential;
import dev.rolecall.proxy.envoy.v3.AttributeContext;
import dev.rolecall.proxy.internal.format.ReportedCertificate;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The memos of the connections that end at Envoy, as well as a Check tells them apart: by the
 * client's address and port. Calls of many callers may come by one such connection, from a proxy
 * before Envoy; so a caller's credential has a memo of its own.
 *
 * <p>Key: the address, the port, the reported certificate and a hash of the credential. Size: at
 * most 64 MiB, each counted as what its client sent and 1 KiB. Lifetime: ten minutes after the last
 * use. Nothing fails here.
 */
final class CheckConnections {

  static final long MOST_BYTES = 64 * 1_048_576L;

  private static final int OVERHEAD = 1_024;
  private static final Duration IDLE = Duration.ofMinutes(10);

  /** The end of a credential is the part that differs most: a signature, as a rule. */
  private static final int HASHED = 32;

  private record Key(String address, int port, ByteString certificate, int credential, int length) {

    int weight() {
      return OVERHEAD + certificate.size() + length;
    }
  }

  private final Cache<Key, ConnectionMemo> memos;
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
    this.memos =
        Caffeine.newBuilder()
            .maximumWeight(mostBytes)
            .<Key, ConnectionMemo>weigher((key, memo) -> key.weight())
            .expireAfterAccess(IDLE)
            .ticker(ticker::getAsLong)
            .executor(Runnable::run)
            .build();
  }

  /** The memo of the connection that a call came in on. */
  ConnectionMemo of(String address, AttributeContext.Peer source, RequestHeaders headers) {
    ByteString certificate = readsCertificates ? source.getCertificate() : ByteString.EMPTY;
    ByteString credential = headers.credentialBytes();
    Key key =
        new Key(
            address,
            source.getAddress().getSocketAddress().getPortValue(),
            certificate,
            hash(credential),
            credential == null ? 0 : credential.size());
    ConnectionMemo known = memos.getIfPresent(key);
    return known != null ? known : memos.get(key, this::memo);
  }

  /** How many there are. */
  long count() {
    memos.cleanUp();
    return memos.estimatedSize();
  }

  private static int hash(@Nullable ByteString credential) {
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

  /**
   * A proof that is bound to the channel names the certificate of Envoy, of which a Check tells no
   * hash: the scheme must list it.
   */
  private ConnectionMemo memo(Key key) {
    try {
      return access.connection(
          key.address(), Optional.empty(), null, ReportedCertificate.in(key.certificate()));
    } catch (CertificateException e) {
      // Never as if there were no certificate: the call's credential would then count.
      return access.connection(
          key.address(), Optional.empty(), new Credential.Unusable(ATTESTATION_INVALID));
    }
  }
}
