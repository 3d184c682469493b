package dev.rolecall.tls;

import static java.util.Objects.requireNonNull;

import dev.rolecall.guard.CallGuard;
import dev.rolecall.identity.Audience;
import dev.rolecall.identity.internal.Range;
import dev.rolecall.tls.internal.certificate.CertificateForm;
import dev.rolecall.tls.internal.certificate.DnsName;
import io.grpc.Grpc;
import io.grpc.ServerBuilder;
import io.grpc.ServerCredentials;
import io.grpc.TlsServerCredentials;
import io.grpc.TlsServerCredentials.ClientAuth;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import javax.net.ssl.KeyManager;
import org.jspecify.annotations.Nullable;

/**
 * A server's end of attested TLS: its port proves this server's role in each handshake, and each
 * call's caller is the role that its connection's peer has proven.
 *
 * <p>Not safe for use by several threads at once.
 */
public final class AttestedServerBuilder extends AttestationOptions<AttestedServerBuilder> {

  /**
   * The default of {@link #maxConnectionAge}, and its bound. A client's attestation has five
   * minutes left when it is replaced: one presented in the last moment outlives the connection.
   */
  public static final Duration DEFAULT_MAX_CONNECTION_AGE = Duration.ofMinutes(4);

  private static final Duration SHORTEST_AGE = Duration.ofSeconds(1);

  private final List<DnsName> hostNames = new ArrayList<>();
  private KeyManager @Nullable [] certificate;
  private boolean callProofsToo;
  private Duration maxConnectionAge = DEFAULT_MAX_CONNECTION_AGE;

  AttestedServerBuilder(Audience audience) {
    super(audience);
  }

  /**
   * Also admits clients that present no certificate; such a client's calls must bring a proof each,
   * as {@code IamCallCredentials} makes them. By default every client must present an attestation.
   * On a connection that has one, what calls bring is not read.
   */
  public AttestedServerBuilder acceptCallProofsFromClientsWithoutCertificate() {
    this.callProofsToo = true;
    return this;
  }

  /**
   * Presents an ordinary certificate in place of an attestation: clients then trust their
   * certificate authorities, and do not learn this server's role. Needs no AWS credentials.
   */
  public AttestedServerBuilder showCertificateInsteadOfAttestation(KeyManager... certificate) {
    this.certificate = requireNonNull(certificate, "certificate").clone();
    return this;
  }

  /**
   * Puts a DNS name into this server's certificates, for clients that require one: at most 8. The
   * name is self-declared.
   *
   * @param hostName in lower case, without wildcards
   * @throws IllegalArgumentException if it is no such name, or the ninth
   */
  public AttestedServerBuilder hostName(String hostName) {
    if (hostNames.size() == CertificateForm.MAX_HOST_NAMES) {
      throw new IllegalArgumentException(
          "host names: 9 (expected: at most " + CertificateForm.MAX_HOST_NAMES + ")");
    }
    hostNames.add(new DnsName(hostName));
    return this;
  }

  /**
   * The longest life of a connection: 1 second to 4 minutes, the default. Calls under way go on;
   * new ones come on a new connection, with a newer attestation.
   *
   * @throws IllegalArgumentException if it is out of that range
   */
  public AttestedServerBuilder maxConnectionAge(Duration age) {
    requireNonNull(age, "age");
    Range.check("connection age", age, SHORTEST_AGE, DEFAULT_MAX_CONNECTION_AGE);
    this.maxConnectionAge = age;
    return this;
  }

  /**
   * A builder of the server on that port: TLS 1.3, this server's attestation, and the guard before
   * all services. Otherwise as {@link #newServerBuilder(Function, CallGuard)}.
   */
  public ServerBuilder<?> newServerBuilder(int port, CallGuard guard) {
    return newServerBuilder(credentials -> Grpc.newServerBuilderForPort(port, credentials), guard);
  }

  /**
   * A builder of the server on that transport, which already has its credentials, reads its
   * connections and runs the guard before every other interceptor. Connections take no more calls
   * once they are as old as {@link #maxConnectionAge} allows; calls under way last as the guard's
   * {@code StreamLifetime} says. Closing the guard, after the server, ends the renewals too.
   *
   * <p>Makes the first attestation, on this thread, and renews it from then on. Blocks while AWS
   * credentials are loaded, for ten seconds, and while a Region is looked for.
   *
   * @param transport makes the builder of the transport, such as {@code
   *     NettyServerBuilder.forAddress}
   * @param guard has to accept a {@code StsVerifier} for this audience
   * @throws dev.rolecall.client.ProofUnavailableException if there is no proof to be had
   * @throws IllegalStateException if two options contradict each other, a private key is not its
   *     certificate's, the guard is closed, or its verifier is for another audience or missing; the
   *     message names them
   */
  public ServerBuilder<?> newServerBuilder(
      Function<ServerCredentials, ? extends ServerBuilder<?>> transport, CallGuard guard) {
    return started(
        guard, server -> new GuardedServerBuilder(transport.apply(server.credentials()), server));
  }

  /**
   * The parts of a server that a framework builds: its credentials, and what is attached to its
   * builder. Use {@link #newServerBuilder(int, CallGuard)} where the builder is yours.
   *
   * <p>Makes the first attestation and blocks, as {@link #newServerBuilder(Function, CallGuard)}
   * does, with the same failures. Closing the guard, after the server, ends the renewals.
   *
   * @param guard has to accept a {@code StsVerifier} for this audience
   * @throws dev.rolecall.client.ProofUnavailableException if there is no proof to be had
   * @throws IllegalStateException if two options contradict each other, a private key is not its
   *     certificate's, the guard is closed, or its verifier is for another audience or missing; the
   *     message names them
   */
  public AttestedServer start(CallGuard guard) {
    return started(guard, server -> server);
  }

  private <T> T started(CallGuard guard, Function<AttestedServer, T> use) {
    Resources resources = new Resources();
    try {
      T used = use.apply(newServer(guard, resources));
      guard.closeToo(resources::closeAll);
      return used;
    } catch (RuntimeException | Error e) {
      resources.closeAll();
      throw e;
    }
  }

  private AttestedServer newServer(CallGuard guard, Resources resources) {
    if (guard.access().isClosed()) {
      throw new IllegalStateException(
          "guard: closed (expected: one that is closed after the server has terminated)");
    }
    if (certificate != null && !hostNames.isEmpty()) {
      throw new IllegalStateException(
          "hostName and showCertificateInsteadOfAttestation: both set (expected: at most one)");
    }
    if (certificate != null) {
      KeyPairCheck.require(certificate);
      VerifierFit.require(guard.access().lookup(), audience());
    }
    return new AttestedServer(
        credentials(guard, resources),
        guard,
        new AttestedPeers(guard, callProofsToo),
        maxConnectionAge);
  }

  private TlsServerCredentials credentials(CallGuard guard, Resources resources) {
    KeyManager @Nullable [] given = certificate;
    KeyManager[] keys =
        given != null
            ? given
            : new KeyManager[] {
              new RotatingKeys(
                  newAttestation(
                      guard.access().lookup(), guard.access().runtime(), hostNames, resources))
            };
    return (TlsServerCredentials)
        TlsServerCredentials.newBuilder()
            .keyManager(keys)
            .trustManager(new CertificateFormTrust())
            .clientAuth(callProofsToo ? ClientAuth.OPTIONAL : ClientAuth.REQUIRE)
            .build();
  }

  @Override
  AttestedServerBuilder self() {
    return this;
  }
}
