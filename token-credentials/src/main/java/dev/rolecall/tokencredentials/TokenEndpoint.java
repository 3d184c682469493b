package dev.rolecall.tokencredentials;

import dev.rolecall.jwt.json.JsonValue;
import dev.rolecall.tokencredentials.AuthenticationMethod.Client;
import dev.rolecall.tokencredentials.AuthenticationMethod.Proof;
import dev.rolecall.tokencredentials.internal.Form;
import dev.rolecall.tokencredentials.internal.HttpExchange;
import dev.rolecall.tokencredentials.internal.TlsFiles;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The token endpoint of one issuer, asked as one client. Safe for use by many threads; blocks on
 * the files and the secret of the client, and on no network.
 */
final class TokenEndpoint {

  /** For the metadata, and again for the token. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final ClientAuthentication client;
  private final Entropy entropy;
  private final Discovery discovery;
  private final TlsFiles tls;

  /**
   * An endpoint that nothing was asked of yet.
   *
   * @param authorities certificates in PEM that alone are trusted; empty for the JDK's
   * @param loopbackAllowed whether http will do on loopback
   */
  TokenEndpoint(
      TokenIssuer issuer,
      ClientAuthentication client,
      Optional<Path> authorities,
      boolean loopbackAllowed,
      Entropy entropy) {
    this.client = client;
    this.entropy = entropy;
    this.discovery = new Discovery(issuer, loopbackAllowed, entropy.clock());
    this.tls = new TlsFiles(authorities, client.tls(), PATIENCE);
  }

  /** A way to ask, by the files as they are now. */
  HttpExchange exchange() throws IOException {
    return new HttpExchange(tls.client(), PATIENCE);
  }

  /** The endpoints of the issuer. */
  CompletionStage<ProviderMetadata> metadata(HttpExchange exchange) {
    return discovery.metadata(exchange);
  }

  /** The client. */
  ClientAuthentication client() {
    return client;
  }

  /**
   * An answer with tokens.
   *
   * @param members its members; secrets
   * @param token the access token
   */
  record Answer(JsonValue.Members members, AccessToken token) {
    @Override
    public String toString() {
      return "Answer[****]";
    }
  }

  /**
   * Asks for a token. Blocks while it reads the client's secret or key.
   *
   * @param fields the grant
   * @param secrets texts of it that no message may show
   * @return fails with {@link TokenUnavailableException}
   */
  CompletionStage<Answer> ask(Form fields, List<String> secrets) throws IOException {
    HttpExchange exchange = exchange();
    Proof proof = client.method().read(new Client(client.clientId(), entropy));
    List<String> hidden = new ArrayList<>(secrets);
    hidden.addAll(proof.secrets());
    return metadata(exchange).thenCompose(known -> post(exchange, known, fields, proof, hidden));
  }

  private CompletionStage<Answer> post(
      HttpExchange exchange,
      ProviderMetadata known,
      Form fields,
      Proof proof,
      List<String> hidden) {
    URI endpoint = known.tokenFor(client);
    Optional<String> header = proof.writing().write(fields, known.issuer());
    return exchange
        .post(endpoint, fields, header)
        .handle(
            (answer, failure) -> {
              if (failure != null) {
                discovery.forget();
                throw TokenFailure.unreachable(endpoint, failure);
              }
              TokenAnswer reader = new TokenAnswer(endpoint, hidden, entropy.clock().instant());
              JsonValue.Members members = reader.members(answer);
              return new Answer(members, reader.token(members));
            });
  }

  @Override
  public String toString() {
    return "TokenEndpoint[" + discovery + ", " + client + "]";
  }
}
