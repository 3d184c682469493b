package dev.rolecall.verifier.grpc;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.rolecall.identity.BindingHash;
import dev.rolecall.verifier.Connection;
import io.grpc.Attributes;
import io.grpc.Grpc;
import java.lang.System.Logger.Level;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * The memo of each connection, found by the identity of its transport's attributes: gRPC hands out
 * one object for all calls of a transport. Where something hands out another object a call, each
 * call gets a memo of its own and asks the verifier, whose answer is the same.
 *
 * <p>Key: the attributes, weakly and by identity. Size: that of the connections open. Lifetime: the
 * transport's, and until another comes. Some have a slot besides, in front of the rest.
 */
final class Connections {

  private static final System.Logger LOG = System.getLogger(RoleGuard.class.getName());

  private static final int SLOTS = 1_024;

  private final LoadingCache<Attributes, ConnectionMemo> memos =
      Caffeine.newBuilder().weakKeys().build(Connections::memo);

  /** Before the memos, since a look-up by a weak key costs as much as the rest of a hit. */
  private final AtomicReferenceArray<@Nullable Slot> slots = new AtomicReferenceArray<>(SLOTS);

  private final ReferenceQueue<Attributes> gone = new ReferenceQueue<>();
  private final PresentedCertificates presented;

  Connections(Clock clock) {
    this.presented = new PresentedCertificates(clock);
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
      // Whatever is in the queue is a slot, and nothing else has been put in its place.
      Slot slot = (Slot) each;
      slots.compareAndSet(slot.index, slot, null);
    }
  }

  /** What the verifier needs to know of the connection. */
  Connection describe(ConnectionMemo memo) {
    return memo.certificate()
        .map(hash -> new Connection(memo.peer(), presented.with(hash)))
        .orElseGet(() -> Connection.withoutTls(memo.peer()));
  }

  private static ConnectionMemo memo(Attributes transport) {
    return new ConnectionMemo(
        Peer.of(transport), certificate(transport.get(Grpc.TRANSPORT_ATTR_SSL_SESSION)));
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
