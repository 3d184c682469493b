package dev.rolecall.access;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.call.CallOrigin;
import dev.rolecall.access.internal.connection.PresentedCertificates;
import dev.rolecall.access.scheme.Connection;
import dev.rolecall.access.scheme.Credential;
import dev.rolecall.identity.BindingHash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The memory of one connection: its peer, the certificate it was shown, and the last few
 * credentials that were good on it. Most connections carry one for minutes; one behind a proxy
 * carries several.
 *
 * <p>Holds nothing of the transport's, so that it dies with the transport. Safe for use by many
 * threads. Get one from {@link AccessControl#connection}.
 */
public final class ConnectionMemo {

  static final int MAX_CREDENTIALS = 4;

  /** A plain class: a record would print the credential, and compare it by identity. */
  private static final class Remembered {

    final Credential.Header header;
    final CachedCaller caller;

    Remembered(Credential.Header header, CachedCaller caller) {
      this.header = header;
      this.caller = caller;
    }

    /** As a rule it is the very array that was remembered, which HPACK's table gave out again. */
    boolean isOf(byte[] presented) {
      byte[] value = header.value();
      return value == presented || Arrays.equals(value, presented);
    }
  }

  private static final Remembered[] NONE = {};

  /**
   * The certificates of both ends.
   *
   * @param server the hash of the leaf certificate that the connection was shown
   * @param client the hash of the client's own certificate
   * @param presented the certificates that the server presented lately
   */
  record Ends(
      Optional<BindingHash> server, Optional<BindingHash> client, PresentedCertificates presented) {
    Ends {
      requireNonNull(server, "server");
      requireNonNull(client, "client");
      requireNonNull(presented, "presented");
    }
  }

  private final CallOrigin origin;
  private final Ends ends;
  private final @Nullable Credential presented;
  private final boolean callFirst;
  private volatile Remembered[] headers = NONE;

  /** The caller by the connection's own credential, which it has for its whole life. */
  private volatile @Nullable CachedCaller ofConnection;

  /**
   * A memory of nothing yet.
   *
   * @param presented the credential that the connection itself presented; null if its calls bring
   *     theirs
   * @param callFirst whether the credential of a call counts before that one
   */
  ConnectionMemo(String peer, Ends ends, @Nullable Credential presented, boolean callFirst) {
    this.origin = CallOrigin.of(peer);
    this.ends = requireNonNull(ends, "ends");
    this.presented = presented;
    this.callFirst = callFirst;
  }

  /** The peer's address without its port; {@code unknown} where there is none. */
  public String peer() {
    return origin.peer();
  }

  /** The origin of its calls, whose headers are not known. */
  public CallOrigin origin() {
    return origin;
  }

  /** The credential that the connection itself presented; null if its calls bring theirs. */
  @Nullable Credential presented() {
    return presented;
  }

  /** The credential that counts for a call that brought that one. */
  Credential credentialFor(Credential ofCall) {
    if (presented == null || (callFirst && ofCall != Credential.none())) {
      return ofCall;
    }
    return presented;
  }

  /**
   * The connection as schemes need to know it who read that credential. One that no scheme reads
   * costs no look at the certificates: any peer may send any number of such calls.
   */
  Connection describedFor(Credential credential) {
    return credential instanceof Credential.Absent || credential instanceof Credential.Unusable
        ? Connection.withoutTls(peer())
        : described();
  }

  private Connection described() {
    Set<BindingHash> ofServer =
        ends.server().map(shown -> ends.presented().with(shown)).orElseGet(Set::of);
    return new Connection(peer(), ofServer, ends.client());
  }

  /**
   * The credential with that value of the {@code authorization} metadata: the very object that was
   * remembered here, where one was.
   *
   * @param value not copied, and only read
   */
  public Credential header(byte[] value) {
    for (Remembered each : headers) {
      if (each.isOf(value)) {
        return each.header;
      }
    }
    return new Credential.Header(value);
  }

  /**
   * The caller that this credential was found to be of on this connection before, be the credential
   * good still or not.
   */
  @Nullable CachedCaller known(Credential credential) {
    if (credential instanceof Credential.Header header) {
      for (Remembered each : headers) {
        if (each.isOf(header.value())) {
          return each.caller;
        }
      }
      return null;
    }
    // By identity: a door may find certificates in calls, of many peers behind one connection.
    return credential == presented ? ofConnection : null;
  }

  /**
   * Remembers a credential that was found good on this connection, in the place of the oldest.
   *
   * @return what was remembered of it first, unless it ends later now: a credential that has lapsed
   *     is not good again until its issuer gives it a longer life
   */
  synchronized CachedCaller remember(Credential credential, CachedCaller caller) {
    CachedCaller first = known(credential);
    if (first != null
        && !first.isWithdrawn()
        && !caller.caller().notAfter().isAfter(first.caller().notAfter())) {
      return first;
    }
    if (credential instanceof Credential.Header header) {
      remember(header, caller);
    } else if (credential == presented) {
      ofConnection = caller;
    }
    return caller;
  }

  private void remember(Credential.Header header, CachedCaller caller) {
    List<Remembered> updated = new ArrayList<>();
    updated.add(new Remembered(header, caller));
    for (Remembered each : headers) {
      if (updated.size() < MAX_CREDENTIALS && !each.isOf(header.value())) {
        updated.add(each);
      }
    }
    headers = updated.toArray(NONE);
  }
}
