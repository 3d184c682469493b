package dev.rolecall.exchange;

import static java.util.Objects.requireNonNull;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsExchange;
import dev.rolecall.access.AccessControl;
import dev.rolecall.access.ConnectionMemo;
import dev.rolecall.exchange.internal.http.FormBody;
import dev.rolecall.exchange.internal.http.HttpAnswer;
import dev.rolecall.exchange.internal.http.ServerTls;
import dev.rolecall.identity.BindingHash;
import dev.rolecall.jwt.json.ObjectBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The token endpoint over HTTP: reads the form, and writes the answer. No answer is stored by any
 * cache.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8693#section-2">RFC 8693, section 2</a>
 */
final class TokenEndpoint {

  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String NOT_STORED = "no-store";

  private final TokenExchange exchange;
  private final AccessControl access;
  private final @Nullable ServerTls tls;
  private final boolean bindsTokens;

  /**
   * An endpoint.
   *
   * @param tls the server's TLS; null for plain HTTP
   * @param bindsTokens whether a token is bound to the certificate that its client showed
   */
  TokenEndpoint(
      TokenExchange exchange, AccessControl access, @Nullable ServerTls tls, boolean bindsTokens) {
    this.exchange = requireNonNull(exchange, "exchange");
    this.access = requireNonNull(access, "access");
    this.tls = tls;
    this.bindsTokens = bindsTokens;
  }

  /** Answers, now or later. Blocks on the request's body. */
  void answer(HttpExchange http) throws IOException {
    try {
      ExchangeRequest request = ExchangeRequest.read(form(http));
      exchange.exchange(
          request, connection(http), sender(http), outcome -> written(outcome).send(http));
    } catch (RefusedRequestException e) {
      written(e.refusal()).send(http);
    }
  }

  private ConnectionMemo connection(HttpExchange http) {
    // Never the client's certificate: the form's proof is the one credential of a request.
    return access.connection(
        http.getRemoteAddress().getAddress().getHostAddress(),
        Optional.ofNullable(tls).map(ServerTls::leaf),
        null);
  }

  private Optional<BindingHash> sender(HttpExchange http) {
    return bindsTokens && http instanceof HttpsExchange secure
        ? ServerTls.sender(secure)
        : Optional.empty();
  }

  private static FormBody form(HttpExchange http) throws RefusedRequestException, IOException {
    if (http.getRequestHeaders().containsKey("Authorization")) {
      throw refused(
          OAuthError.INVALID_CLIENT,
          "Authorization (expected: none; the proof alone authenticates a client)");
    }
    if (http.getRequestURI().getRawQuery() != null) {
      // A log of URLs would have the proof.
      throw refused(OAuthError.INVALID_REQUEST, "a query (expected: parameters in the body alone)");
    }
    List<String> types = http.getRequestHeaders().getOrDefault("Content-Type", List.of());
    if (types.size() != 1 || !isForm(types.get(0))) {
      throw refused(OAuthError.INVALID_REQUEST, "Content-Type (expected: " + FORM + ")");
    }
    byte[] body;
    try (InputStream in = http.getRequestBody()) {
      body = in.readNBytes(FormBody.MOST_BYTES + 1);
      if (body.length > FormBody.MOST_BYTES) {
        throw refused(
            OAuthError.INVALID_REQUEST,
            "the body (expected: at most " + FormBody.MOST_BYTES + " bytes)");
      }
    }
    return FormBody.read(body)
        .orElseThrow(
            () ->
                refused(
                    OAuthError.INVALID_REQUEST,
                    "the form (expected: at most 32 parameters, each once, of printable ASCII)"));
  }

  private static boolean isForm(String type) {
    int parameters = type.indexOf(';');
    String name = parameters < 0 ? type : type.substring(0, parameters);
    return name.strip().toLowerCase(Locale.ROOT).equals(FORM);
  }

  private static RefusedRequestException refused(OAuthError error, String description) {
    return new RefusedRequestException(ExchangeRefusal.of(error, description));
  }

  private static HttpAnswer written(ExchangeOutcome outcome) {
    return outcome instanceof ExchangeOutcome.Issued issued
        ? written(issued)
        : written((ExchangeRefusal) outcome);
  }

  private static HttpAnswer written(ExchangeOutcome.Issued issued) {
    return json(
        200,
        new ObjectBuilder()
            .put("access_token", issued.token().text())
            .put("issued_token_type", issued.type().urn())
            .put("token_type", "Bearer")
            .put("expires_in", issued.life().toSeconds()));
  }

  private static HttpAnswer written(ExchangeRefusal refusal) {
    HttpAnswer answer =
        json(
            refusal.error().status(),
            new ObjectBuilder()
                .put("error", refusal.error().code())
                .put("error_description", refusal.description()));
    HttpAnswer told =
        refusal
            .retryAfter()
            .map(wait -> answer.with("Retry-After", Long.toString(seconds(wait))))
            .orElse(answer);
    // RFC 6749, section 5.2, asks for the scheme that the client used: Basic, as a rule.
    return refusal.error() == OAuthError.INVALID_CLIENT
        ? told.with("WWW-Authenticate", "Basic")
        : told;
  }

  /** Rounded up: a client that comes a moment too early is refused again. */
  private static long seconds(Duration wait) {
    return Math.max(1, wait.plusMillis(999).toSeconds());
  }

  private static HttpAnswer json(int status, ObjectBuilder body) {
    return HttpAnswer.json(status, NOT_STORED, body.build().toJson()).with("Pragma", "no-cache");
  }
}
