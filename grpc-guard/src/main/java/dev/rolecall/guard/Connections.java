package dev.rolecall.guard;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.rolecall.access.AccessControl;
import dev.rolecall.access.ConnectionMemo;
import dev.rolecall.identity.BindingHash;
import dev.rolecall.identity.internal.WeakSlots;
import io.grpc.Attributes;
import io.grpc.Grpc;
import java.lang.System.Logger.Level;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * The memo of each connection, found by the identity of its transport's attributes: gRPC hands out
 * one object for all calls of a transport. Where something hands out another object a call, each
 * call gets a new memo and a new look-up, whose answer is the same.
 *
 * <p>Key: the attributes, weakly and by identity. Size: that of the connections open. Lifetime: the
 * transport's, and until another comes. Some have a slot besides, in front of the rest.
 */
final class Connections {

  private static final System.Logger LOG = System.getLogger("rolecall.guard");

  private static final int SLOTS = 1_024;

  private final LoadingCache<Attributes, ConnectionMemo> memos =
      Caffeine.newBuilder().weakKeys().executor(Runnable::run).build(this::memo);

  /** Before the memos, since a look-up by a weak key costs as much as the rest of a hit. */
  private final WeakSlots<Attributes, ConnectionMemo> slots = new WeakSlots<>(SLOTS);

  private final AccessControl access;

  Connections(AccessControl access) {
    this.access = requireNonNull(access, "access");
  }

  ConnectionMemo of(Attributes transport) {
    // By identity: Attributes.equals compares contents, and slowly.
    ConnectionMemo known = slots.get(transport);
    if (known != null) {
      return known;
    }
    ConnectionMemo memo = memos.get(transport);
    slots.putIfFree(transport, memo);
    return memo;
  }

  private ConnectionMemo memo(Attributes transport) {
    SSLSession session = transport.get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
    return access.connection(
        Peer.of(transport).address(),
        certificate(session),
        PeerCredential.of(transport),
        client(session));
  }

  /** The chain that the client presented; empty for none, or one that is not of X.509. */
  private static List<X509Certificate> client(@Nullable SSLSession session) {
    if (session == null) {
      return List.of();
    }
    try {
      Certificate[] chain = session.getPeerCertificates();
      return Stream.of(chain).allMatch(X509Certificate.class::isInstance)
          ? Stream.of(chain).map(X509Certificate.class::cast).toList()
          : List.of();
    } catch (SSLPeerUnverifiedException e) {
      return List.of();
    }
  }

  private static Optional<BindingHash> certificate(@Nullable SSLSession session) {
    if (session == null) {
      return Optional.empty();
    }
    Certificate @Nullable [] chain = session.getLocalCertificates();
    if (chain == null || chain.length == 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(BindingHash.of(chain[0].getEncoded()));
    } catch (CertificateEncodingException e) {
      // Going on is safe: a proof bound to a channel is then refused.
      LOG.log(Level.WARNING, "the server's own certificate cannot be encoded", e);
      return Optional.empty();
    }
  }
}
