package dev.rolecall.tls;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.lookup.CallerLookup;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.access.scheme.Verification;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.identity.internal.WeakSlots;
import dev.rolecall.identity.pattern.RolePattern;
import dev.rolecall.tls.certificate.AttestedCertificate;
import dev.rolecall.verifier.ProofCertificate;
import io.grpc.Attributes;
import io.grpc.CallCredentials;
import io.grpc.Metadata;
import io.grpc.Status;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Holds every call back until its connection's server is known to have an expected role. gRPC sends
 * nothing of a call, not even its headers, before its credentials have been applied; these apply
 * nothing at all.
 *
 * <p>Never blocks: a call waits for STS's answer without a thread, and with it all calls of the
 * connection. A server found good is a look at the clock for each further call.
 */
final class ServerRoleCheck extends CallCredentials {

  private static final Metadata NOTHING = new Metadata();

  /** The connections remembered; of others the server is looked up again, in a cache. */
  private static final int CONNECTIONS = 64;

  private final CallerLookup lookup;
  private final List<RolePattern> expected;
  private final boolean hostNameRequired;
  private final Optional<LocalCertificate> own;
  private final Clock clock;
  private final LongSupplier ticker;
  private final WeakSlots<Attributes, CheckedServer> servers = new WeakSlots<>(CONNECTIONS);
  private volatile boolean closed;

  ServerRoleCheck(
      CallerLookup lookup,
      List<RolePattern> expected,
      boolean hostNameRequired,
      Optional<LocalCertificate> own,
      AccessRuntime runtime) {
    this.lookup = requireNonNull(lookup, "lookup");
    this.expected = List.copyOf(expected);
    this.hostNameRequired = hostNameRequired;
    this.own = requireNonNull(own, "own");
    this.clock = runtime.clock();
    this.ticker = runtime.ticker();
  }

  private CheckedServer server(Attributes transport) {
    CheckedServer known = servers.get(transport);
    if (known != null) {
      return known;
    }
    TlsSessions.forget(transport);
    CheckedServer server = new CheckedServer(transport);
    servers.put(transport, server);
    return server;
  }

  @Override
  public void applyRequestMetadata(
      RequestInfo call, Executor appExecutor, MetadataApplier applier) {
    try {
      CheckedServer server = server(call.getTransportAttrs());
      Status refusal = refusal(server, call.getAuthority());
      if (refusal != null) {
        applier.fail(refusal);
      } else if (server.isGoodAt(clock.instant(), ticker.getAsLong())) {
        applier.apply(NOTHING);
      } else {
        verify(server, applier);
      }
    } catch (RuntimeException | Error e) {
      // The contract wants an answer, not an exception.
      applier.fail(ServerRefusal.defect(e));
    }
  }

  /** The refusal that needs no look-up; null if there is none. */
  private @Nullable Status refusal(CheckedServer server, String authority) {
    if (own.isPresent() && own.get().isLapsed()) {
      return ServerRefusal.ownLapsed();
    }
    AttestedCertificate certificate = server.certificate();
    if (certificate == null) {
      return server.refusal();
    }
    return hostNameRequired
            && !Authority.host(authority).map(certificate.hostNames()::contains).orElse(false)
        ? ServerRefusal.otherHost(authority, certificate.hostNames())
        : null;
  }

  /** Verifies no further server. */
  void close() {
    closed = true;
  }

  private void verify(CheckedServer server, MetadataApplier applier) {
    if (closed) {
      applier.fail(ServerRefusal.closed());
      return;
    }
    AttestedCertificate certificate = requireNonNull(server.certificate(), "certificate");
    var unused =
        lookup
            .find(new ProofCertificate(certificate.proof(), certificate.key()), server.connection())
            .whenComplete(
                (verification, thrown) -> {
                  Status refusal =
                      thrown != null
                          ? ServerRefusal.defect(thrown)
                          : refusalOrDefect(server, certificate, verification);
                  if (refusal == null) {
                    applier.apply(NOTHING);
                  } else {
                    applier.fail(refusal);
                  }
                });
  }

  /** The call must have an answer, though a clock throw. */
  private @Nullable Status refusalOrDefect(
      CheckedServer server, AttestedCertificate attested, Verification verification) {
    try {
      return verification.<@Nullable Status>fold(
          verified -> refusal(server, attested, verified.caller()),
          refused -> ServerRefusal.refused(refused.reason(), attested),
          ServerRefusal::unavailable);
    } catch (RuntimeException | Error e) {
      return ServerRefusal.defect(e);
    }
  }

  private @Nullable Status refusal(
      CheckedServer server, AttestedCertificate attested, Caller role) {
    if (server.hasLapsed()) {
      // On this connection, for good: the clock may have been set back since.
      return ServerRefusal.refused(RefusalReason.CREDENTIAL_EXPIRED, attested);
    }
    if (expected.stream().noneMatch(pattern -> pattern.matches(role))) {
      return ServerRefusal.otherRole(role, expected);
    }
    server.found(role, clock.instant(), ticker.getAsLong());
    return null;
  }

  /** Names the expected roles and nothing else. */
  @Override
  public String toString() {
    return "ServerRoleCheck" + expected;
  }
}
