package dev.rolecall.tls;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.Audience;
import dev.rolecall.policy.PolicySource;
import dev.rolecall.verifier.CallerVerifier;
import dev.rolecall.verifier.grpc.RoleGuard;
import dev.rolecall.verifier.grpc.RoleGuardBuilder;
import dev.rolecall.verifier.grpc.StreamLifetime;
import io.grpc.ServerBuilder;
import io.grpc.ServerCredentials;
import io.grpc.TlsServerCredentials;
import io.grpc.TlsServerCredentials.ClientAuth;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import org.jspecify.annotations.Nullable;

/**
 * A server's end of attested TLS: the credentials of its port, and what makes the caller of each
 * call the role that its connection's peer has proven.
 *
 * <p>Three things belong together: build the server with {@link #credentials}, make its guard with
 * {@link #guard}, and hand both to {@link #secure}. A port with these credentials and nothing else
 * lets every TLS client in that can write a certificate; a guard of {@link #guard} without {@link
 * #secure} refuses every call.
 *
 * <p>Safe for use by many threads. Close it after the server and its guard.
 */
public final class AttestedServer implements AutoCloseable {

  /**
   * How long a connection lasts at most, unless set otherwise: a client's attestation has five
   * minutes left when it is replaced, so that one shown last thing outlives the connection.
   */
  public static final Duration DEFAULT_MAX_CONNECTION_AGE = Duration.ofMinutes(4);

  private final ServerCredentials credentials;
  private final CallerVerifier verifier;
  private final ServerWiring wiring = new ServerWiring();
  private final AttestedPeers peers;
  private final Optional<OwnAttestation> own;
  private final boolean callProofsToo;
  private final Duration maxConnectionAge;
  private final Builder options;
  private final Closing closing;

  private AttestedServer(Builder options, Closing closing) {
    this.options = options;
    this.closing = closing;
    this.callProofsToo = options.callProofsToo;
    this.maxConnectionAge = options.maxConnectionAge;
    this.verifier = options.newVerifier(closing);
    this.peers = new AttestedPeers(verifier, wiring);
    this.own =
        options.certificate != null
            ? Optional.empty()
            : Optional.of(options.newAttestation(verifier, options.hostNames, closing));
    KeyManager[] keys =
        own.map(attestation -> new KeyManager[] {new RotatingKeys(attestation)})
            .orElse(options.certificate);
    this.credentials =
        TlsServerCredentials.newBuilder()
            .keyManager(keys)
            .trustManager(new ShapeCheck(wiring::connected))
            .clientAuth(callProofsToo ? ClientAuth.OPTIONAL : ClientAuth.REQUIRE)
            .build();
  }

  /** The credentials to build the server with: TLS 1.3, this server's own attestation. */
  public ServerCredentials credentials() {
    return credentials;
  }

  /**
   * A builder of the guard that goes with these credentials: it takes callers from connections and
   * has {@code policies} decide what they may call.
   */
  public RoleGuardBuilder guard(PolicySource policies) {
    RoleGuardBuilder guard =
        RoleGuard.builder(verifier, policies)
            .clock(options.clock())
            .openTelemetry(options.telemetry());
    return callProofsToo
        ? guard.callersFromConnectionsOrCallProofs(peers::of)
        : guard.callersFromConnections(peers::of);
  }

  /**
   * Puts the guard in front of all services of a server that is built with {@link #credentials},
   * has its connections read, and ends them in time: each takes no more calls from then on, and
   * those under way last as the guard's {@link StreamLifetime} says. Call it last: what is attached
   * later runs before the guard.
   *
   * @param server its builder
   * @param guard one made by {@link #guard}
   * @return the same builder
   * @throws IllegalArgumentException if the guard takes no callers from connections
   */
  public <B extends ServerBuilder<?>> B secure(B server, RoleGuard guard) {
    if (!requireNonNull(guard, "guard").takesCallersFromConnections()) {
      throw new IllegalArgumentException(
          "guard: it takes callers from calls alone, and so refuses those who show their role in"
              + " the handshake (expected: one that AttestedServer.guard made)");
    }
    requireNonNull(server, "server")
        .addTransportFilter(peers)
        .intercept(guard)
        .maxConnectionAge(maxConnectionAge.toMillis(), TimeUnit.MILLISECONDS);
    wiring.secured();
    return server;
  }

  /** What this end shows, if it is an attestation. */
  Optional<OwnAttestation> own() {
    return own;
  }

  /** How long {@link #secure} lets a connection last. */
  public Duration maxConnectionAge() {
    return maxConnectionAge;
  }

  /**
   * Stops renewing the attestation, and closes what this object made: its verifier and the AWS
   * credentials chain, but not what it was given. Calls end with the server, not here.
   */
  @Override
  public void close() {
    wiring.closed();
    closing.closeAll();
  }

  /** Options of {@link AttestedServer}. Not safe for use by several threads at once. */
  public static final class Builder extends AttestationOptions<Builder> {

    private static final Duration SHORTEST_AGE = Duration.ofSeconds(1);

    private final List<HostName> hostNames = new ArrayList<>();
    private KeyManager @Nullable [] certificate;
    private boolean callProofsToo;
    private Duration maxConnectionAge = DEFAULT_MAX_CONNECTION_AGE;

    Builder(Audience audience) {
      super(audience);
    }

    /**
     * Also lets clients in that show no certificate; such a client's calls must bring a proof each,
     * as {@code IamCallCredentials} makes them. By default every client must show an attestation.
     * On a connection that has one, what calls bring is not looked at.
     */
    public Builder acceptCallProofsFromClientsWithoutCertificate() {
      this.callProofsToo = true;
      return this;
    }

    /**
     * Shows an ordinary certificate in place of an attestation: clients then trust whom their
     * certificate authorities vouch for, and do not learn this server's role. Needs no AWS
     * credentials.
     */
    public Builder showCertificateInsteadOfAttestation(KeyManager... certificate) {
      this.certificate = requireNonNull(certificate, "certificate").clone();
      return this;
    }

    /**
     * Puts a DNS name into this server's certificates, for clients that require one: at most 8. It
     * is this server's own word.
     *
     * @param hostName in lower case, without wildcards
     * @throws IllegalArgumentException if it is no such name, or the ninth
     */
    public Builder hostName(String hostName) {
      if (hostNames.size() == CertificateReader.MAX_HOST_NAMES) {
        throw new IllegalArgumentException(
            "host names: 9 (expected: at most " + CertificateReader.MAX_HOST_NAMES + ")");
      }
      hostNames.add(new HostName(hostName));
      return this;
    }

    /**
     * How long a connection lasts at most: 1 second to 4 minutes, the default. Calls under way go
     * on; new ones come on a new connection, with a newer attestation.
     *
     * @throws IllegalArgumentException if it is out of that range
     */
    public Builder maxConnectionAge(Duration age) {
      requireNonNull(age, "age");
      if (age.compareTo(SHORTEST_AGE) < 0 || age.compareTo(DEFAULT_MAX_CONNECTION_AGE) > 0) {
        throw new IllegalArgumentException(
            "connection age: "
                + age
                + " (expected: "
                + SHORTEST_AGE
                + " to "
                + DEFAULT_MAX_CONNECTION_AGE
                + ")");
      }
      this.maxConnectionAge = age;
      return this;
    }

    /**
     * Makes the first attestation, on this thread, and keeps it fresh from then on. Blocks while
     * AWS credentials are loaded, for ten seconds, and while a Region is looked for.
     *
     * @throws dev.rolecall.client.ProofUnavailableException if there is no proof to be had
     * @throws IllegalStateException if two options contradict each other, a private key is not its
     *     certificate's, or the verifier is for another audience; the message names them
     */
    public AttestedServer start() {
      if (certificate != null && !hostNames.isEmpty()) {
        throw new IllegalStateException(
            "hostName and showCertificateInsteadOfAttestation: both set (expected: at most one)");
      }
      if (certificate != null) {
        OwnKeys.require(certificate);
      }
      Closing closing = new Closing();
      try {
        return new AttestedServer(this, closing);
      } catch (RuntimeException e) {
        closing.closeAll();
        throw e;
      }
    }

    @Override
    Builder self() {
      return this;
    }
  }
}
