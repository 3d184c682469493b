package dev.rolecall.cli.demo;

import dev.rolecall.apikeys.ApiKey;
import dev.rolecall.apikeys.ApiKeys;
import dev.rolecall.apikeys.KeyFile;
import dev.rolecall.certificates.CertificateAuthority;
import dev.rolecall.certificates.CertificateVerifier;
import dev.rolecall.cli.scene.SceneFiles;
import dev.rolecall.cli.server.ServerCertificate;
import dev.rolecall.cli.server.TrustedClients;
import dev.rolecall.guard.CallGuardBuilder;
import dev.rolecall.identity.ApiClient;
import dev.rolecall.stsemulator.StsEmulator;
import dev.rolecall.tokens.TokenIssuer;
import dev.rolecall.tokens.TokenVerifier;
import io.grpc.ChannelCredentials;
import io.grpc.ServerCredentials;
import io.grpc.TlsServerCredentials.ClientAuth;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * The parts by which the demo's server knows callers without a proof: an account's web identity, an
 * issuer of tokens, an authority of client certificates, and a file of API keys.
 */
final class OtherCallers implements AutoCloseable {

  static final String JWT_SUBJECT = "nightly";
  static final String OPAQUE_SUBJECT = "partner";
  static final String SPIFFE_ID = "spiffe://example.org/ns/shop/sa/stock";

  private static final String ACCOUNT = "111122223333";
  private static final String ISSUER = "corp";
  private static final String CLIENT = "ci";
  private static final Duration KEY_LIFE = Duration.ofHours(1);

  /** Those callers, as the policy and the server name them. */
  static final List<String> PRINCIPALS =
      List.of(
          "oidc:" + ISSUER + ":" + JWT_SUBJECT,
          "oidc:" + ISSUER + ":" + OPAQUE_SUBJECT,
          SPIFFE_ID,
          "key:" + CLIENT);

  private final DemoIssuer issuer;
  private final DemoAuthority authority;
  private final ApiKey key;
  private final TokenVerifier tokens;
  private final Path authorityFile;
  private final Path keyFile;

  /** Starts the issuer, and writes the files. */
  OtherCallers(StsEmulator sts, SceneFiles files, Clock clock, SecureRandom random)
      throws IOException {
    issuer = DemoIssuer.start(clock, random);
    authority = new DemoAuthority(clock, random);
    authorityFile = files.write("mesh.pem", authority.pem());
    keyFile = files.file("keys.jsonl");
    key =
        KeyFile.at(keyFile)
            .issue(new ApiClient(CLIENT), clock.instant(), clock.instant().plus(KEY_LIFE), random)
            .orElseThrow();
    tokens =
        TokenVerifier.forAudience("orders")
            .accept(
                TokenIssuer.of(ISSUER, issuer.url())
                    .introspect(
                        issuer.introspection(), files.write("introspector", "orders\nunchecked\n"))
                    .allowPlainHttpOnLoopback())
            .accept(
                TokenIssuer.ofWebIdentity(ACCOUNT, withKeys(sts).toString())
                    .allowPlainHttpOnLoopback());
  }

  /**
   * The issuer of the account. Its keys are made when they are first asked for, which can take
   * longer than a verifier waits.
   */
  private static URI withKeys(StsEmulator sts) throws IOException {
    URI issuer = sts.outboundFederation().enable(ACCOUNT);
    try (InputStream keys = URI.create(issuer + "/.well-known/jwks.json").toURL().openStream()) {
      keys.readAllBytes();
    }
    return issuer;
  }

  /** Has a guard accept them. */
  CallGuardBuilder acceptedBy(CallGuardBuilder guard) {
    return guard
        .accept(tokens)
        .accept(
            CertificateVerifier.of(
                CertificateAuthority.of("mesh", authorityFile).forTrustDomain("example.org")))
        .accept(ApiKeys.follow(keyFile));
  }

  /** TLS of a server that asks clients for a certificate, and takes those without one too. */
  ServerCredentials askedBy(ServerCertificate server) {
    return server
        .tls()
        .trustManager(TrustedClients.of(List.of(authorityFile)))
        .clientAuth(ClientAuth.OPTIONAL)
        .build();
  }

  /** TLS of the client with a certificate. */
  ChannelCredentials certified(ServerCertificate server) throws IOException {
    return authority.issueTo(server.clientTls(), SPIFFE_ID).build();
  }

  /** A token that the server can verify by itself. */
  String jwt() {
    return issuer.jwt(JWT_SUBJECT);
  }

  /** A token about which the server asks the issuer. */
  String opaqueToken() {
    return issuer.opaqueToken();
  }

  String apiKey() {
    return key.text();
  }

  @Override
  public void close() {
    issuer.close();
  }
}
