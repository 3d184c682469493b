package dev.rolecall.tls;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.lookup.CacheBounds;
import dev.rolecall.access.lookup.CallerLookup;
import dev.rolecall.access.lookup.LookupLimits;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.identity.Audience;
import dev.rolecall.identity.pattern.RolePattern;
import dev.rolecall.verifier.StsVerifier;
import io.grpc.CallCredentials;
import io.grpc.ChannelCredentials;
import io.grpc.CompositeChannelCredentials;
import io.grpc.TlsChannelCredentials;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * A client's end of attested TLS: the credentials of its channels. They present this client's role
 * in the handshake. They send no byte of a call, not even its headers, before STS has confirmed
 * that the server has an expected role. A call to another server fails with {@code
 * UNAUTHENTICATED}, and its status names the role that was found. While STS is away, it fails with
 * {@code UNAVAILABLE}.
 *
 * <p>The server's role replaces its host name, which is not checked without {@link
 * Builder#requireHostName}. Safe for use by many threads and channels. Close it after the channels.
 */
public final class AttestedChannel implements AutoCloseable {

  private final ChannelCredentials credentials;
  private final Resources resources;

  private AttestedChannel(Builder options, Resources resources) {
    this.resources = resources;
    AccessRuntime runtime = resources.add(options.newRuntime(), AccessRuntime::close);
    CallerLookup servers = options.newLookup(runtime, resources);
    Optional<LocalCertificate> own =
        options.anonymous
            ? Optional.empty()
            : Optional.of(options.newAttestation(servers, runtime, List.of(), resources));
    TlsChannelCredentials.Builder tls = TlsChannelCredentials.newBuilder();
    own.ifPresent(attestation -> tls.keyManager(new RotatingKeys(attestation)));
    options.trustManagers().ifPresent(tls::trustManager);
    this.credentials =
        CompositeChannelCredentials.create(
            tls.build(), options.check(servers, own, runtime, resources));
  }

  /** The credentials to build channels with. Those of calls may be added on stubs. */
  public ChannelCredentials credentials() {
    return credentials;
  }

  /**
   * Stops renewing the attestation, and closes what this object made or owns. Close the channels
   * first.
   */
  @Override
  public void close() {
    resources.closeAll();
  }

  /** Options of {@link AttestedChannel}. Not safe for use by several threads at once. */
  public static final class Builder extends AttestationOptions<Builder> {

    private final List<RolePattern> serverRoles = new ArrayList<>();
    private boolean hostNameRequired;
    private boolean anonymous;
    private boolean authorityTrusted;
    private TrustManager[] authorities = {};
    private StsVerifier verifier;
    private @Nullable AccessRuntime runtime;

    Builder(Audience audience) {
      super(audience);
      this.verifier = StsVerifier.forAudience(audience);
    }

    /**
     * The verifier of the server's role, for the same audience. Default: {@link StsVerifier} of all
     * defaults.
     */
    public Builder verifier(StsVerifier verifier) {
      this.verifier = requireNonNull(verifier, "verifier");
      return this;
    }

    /**
     * The clock, threads and telemetry of one end. The end that {@link #start} makes owns it and
     * closes it, as does a start that fails. Default: {@link AccessRuntime#ofDefaults}, another for
     * each end.
     */
    public Builder runtime(AccessRuntime runtime) {
      this.runtime = requireNonNull(runtime, "runtime");
      return this;
    }

    private AccessRuntime newRuntime() {
      AccessRuntime made = runtime != null ? runtime : AccessRuntime.ofDefaults();
      made.own();
      return made;
    }

    private CallerLookup newLookup(AccessRuntime runtime, Resources resources) {
      return resources.add(
          CallerLookup.of(
              List.of(verifier), LookupLimits.ofDefaults(), CacheBounds.ofDefaults(), runtime),
          CallerLookup::close);
    }

    /**
     * The roles the server may have: it must have one of them. Required, unless certificate
     * authorities are trusted instead. May be called again, for more.
     *
     * @param patterns each as {@link RolePattern#parse} reads it
     * @throws IllegalArgumentException if one is no such pattern
     */
    public Builder expectServerRoles(String... patterns) {
      for (String pattern : patterns) {
        serverRoles.add(RolePattern.parse(pattern));
      }
      return this;
    }

    /**
     * Requires, besides the role, that the server has the host name of the call's authority. Host
     * names are self-declared, in a certificate that no authority signs. They distinguish services
     * that share a role but do not stop an impostor with that role.
     */
    public Builder requireHostName() {
      this.hostNameRequired = true;
      return this;
    }

    /**
     * Presents no certificate: the server is verified as usual, and does not learn this client's
     * role from the connection. Calls then need a proof each, as {@code IamCallCredentials} makes
     * them. Needs no AWS credentials.
     */
    public Builder withoutLocalCertificate() {
      this.anonymous = true;
      return this;
    }

    /**
     * Trusts a server by its certificate authority and host name, in place of an expected role.
     * This client presents its role as usual.
     *
     * @param authorities the trust managers that decide; none means the authorities of the JVM
     */
    public Builder trustServersOfCertificateAuthorities(TrustManager... authorities) {
      this.authorityTrusted = true;
      this.authorities = requireNonNull(authorities, "authorities").clone();
      return this;
    }

    /**
     * Makes the first attestation, on this thread, and renews it from then on. Blocks while AWS
     * credentials are loaded, for ten seconds, and while a Region is looked for.
     *
     * @throws dev.rolecall.client.ProofUnavailableException if there is no proof to be had
     * @throws IllegalStateException if no server role is expected, two options contradict each
     *     other, the verifier is for another audience, or the runtime is another's; the message
     *     names them
     */
    public AttestedChannel start() {
      requireConsistent();
      Resources resources = new Resources();
      try {
        return new AttestedChannel(this, resources);
      } catch (RuntimeException | Error e) {
        resources.closeAll();
        throw e;
      }
    }

    private void requireConsistent() {
      if (!authorityTrusted && serverRoles.isEmpty()) {
        throw new IllegalStateException("expectServerRoles: none (expected: at least one)");
      }
      if (authorityTrusted && (!serverRoles.isEmpty() || hostNameRequired || anonymous)) {
        throw new IllegalStateException(
            "trustServersOfCertificateAuthorities: set with expectServerRoles, requireHostName or"
                + " withoutLocalCertificate (expected: alone)");
      }
    }

    /** Empty for the JVM's own. */
    private Optional<TrustManager[]> trustManagers() {
      if (!authorityTrusted) {
        return Optional.of(new TrustManager[] {new CertificateFormTrust()});
      }
      return authorities.length == 0 ? Optional.empty() : Optional.of(authorities.clone());
    }

    private CallCredentials check(
        CallerLookup servers,
        Optional<LocalCertificate> own,
        AccessRuntime runtime,
        Resources resources) {
      return authorityTrusted
          ? new LocalCertificateCheck(own.orElseThrow())
          : resources.add(
              new ServerRoleCheck(servers, serverRoles, hostNameRequired, own, runtime),
              ServerRoleCheck::close);
    }

    @Override
    Builder self() {
      return this;
    }
  }
}
