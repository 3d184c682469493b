package dev.rolecall.guard;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.rolecall.access.AccessControl;
import dev.rolecall.access.ConnectionMemo;
import dev.rolecall.identity.BindingHash;
import io.grpc.Attributes;
import io.grpc.Grpc;
import java.lang.System.Logger.Level;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
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
      Caffeine.newBuilder().weakKeys().build(this::memo);

  /** Before the memos, since a look-up by a weak key costs as much as the rest of a hit. */
  private final AtomicReferenceArray<@Nullable Slot> slots = new AtomicReferenceArray<>(SLOTS);

  private final ReferenceQueue<Attributes> gone = new ReferenceQueue<>();
  private final AccessControl access;

  Connections(AccessControl access) {
    this.access = requireNonNull(access, "access");
  }

  ConnectionMemo of(Attributes transport) {
    // By identity: Attributes.equals compares contents, and slowly.
    int index = System.identityHashCode(transport) & (SLOTS - 1);
    Slot slot = slots.get(index);
    if (slot != null && slot.refersTo(transport)) {
      return slot.memo;
    }
    ConnectionMemo memo = memos.get(transport);
    clearGone();
    if (slots.get(index) == null) {
      slots.compareAndSet(index, null, new Slot(transport, gone, index, memo));
    }
    return memo;
  }

  private void clearGone() {
    for (Reference<?> each = gone.poll(); each != null; each = gone.poll()) {
      // All in the queue are slots, and nothing else has been put in its place.
      Slot slot = (Slot) each;
      slots.compareAndSet(slot.index, slot, null);
    }
  }

  private ConnectionMemo memo(Attributes transport) {
    return access.connection(
        Peer.of(transport).address(),
        certificate(transport.get(Grpc.TRANSPORT_ATTR_SSL_SESSION)),
        PeerCredential.of(transport));
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

  private static final class Slot extends WeakReference<Attributes> {

    private final int index;
    private final ConnectionMemo memo;

    Slot(Attributes transport, ReferenceQueue<Attributes> gone, int index, ConnectionMemo memo) {
      super(transport, gone);
      this.index = index;
      this.memo = memo;
    }
  }
}
