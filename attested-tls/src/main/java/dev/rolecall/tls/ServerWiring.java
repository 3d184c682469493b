package dev.rolecall.tls;

import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Whether the pieces of a server were put together; says once in the log what is missing, when a
 * connection or call shows it. Whoever calls learns no more than that it is refused.
 */
final class ServerWiring {

  private static final System.Logger LOG = System.getLogger("rolecall.tls");

  private final AtomicBoolean told = new AtomicBoolean();
  private volatile boolean secured;
  private volatile boolean closed;

  /** Somebody called {@link AttestedServer#secure}. */
  void secured() {
    secured = true;
  }

  /** {@link AttestedServer#close} was called. */
  void closed() {
    closed = true;
  }

  /** A client has shown an attested certificate to a server with this end's credentials. */
  void connected() {
    if (closed) {
      tell(
          "a client connects to a server whose AttestedServer is closed: its certificate is not"
              + " renewed and lapses within 15 minutes, and no new caller is verified. Close it"
              + " after the server");
    } else if (!secured) {
      tell(
          "a client shows its role to a server that was not handed to AttestedServer.secure: its"
              + " connections are not read, and no guard of AttestedServer.guard stands before its"
              + " services. Call secure(serverBuilder, guard) last, before build()");
    }
  }

  /** The guard was asked about a connection that nobody has read. */
  void unread() {
    tell(
        "all calls are refused (ATTESTATION_INVALID), since nothing reads this server's"
            + " connections: its guard was attached by intercept(...) alone, or the connection is"
            + " of another server. Hand both to AttestedServer.secure(serverBuilder, guard)");
  }

  private void tell(String what) {
    if (told.compareAndSet(false, true)) {
      LOG.log(Level.WARNING, what);
    }
  }
}
