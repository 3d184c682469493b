package dev.rolecall.exchange;

import static java.util.Objects.requireNonNull;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.rolecall.access.internal.metrics.SupervisedTask;
import dev.rolecall.exchange.internal.http.HttpAnswer;
import dev.rolecall.identity.internal.Supervisor;
import java.io.IOException;

/** Sends each request to the endpoint or the document that its path names. */
final class ExchangeHandler implements HttpHandler {

  private final IssuerDocuments documents;
  private final TokenEndpoint endpoint;
  private final Supervisor supervisor;

  ExchangeHandler(IssuerDocuments documents, TokenEndpoint endpoint, Supervisor supervisor) {
    this.documents = requireNonNull(documents, "documents");
    this.endpoint = requireNonNull(endpoint, "endpoint");
    this.supervisor = requireNonNull(supervisor, "supervisor");
  }

  /** May return before the answer is sent. */
  @Override
  public void handle(HttpExchange http) {
    try {
      route(http);
    } catch (IOException e) {
      // The client has left while its request was read.
      http.close();
    } catch (RuntimeException | Error e) {
      HttpAnswer.empty(OAuthError.SERVER_ERROR.status()).send(http);
      supervisor.caught(SupervisedTask.TOKEN_EXCHANGE.label(), e);
    }
  }

  private void route(HttpExchange http) throws IOException {
    String path = String.valueOf(http.getRequestURI().getRawPath());
    String method = http.getRequestMethod();
    if (documents.isTokenEndpoint(path)) {
      if (method.equals("POST")) {
        endpoint.answer(http);
      } else {
        HttpAnswer.empty(405).with("Allow", "POST").send(http);
      }
    } else if (method.equals("GET") || method.equals("HEAD")) {
      documents.at(path).orElseGet(() -> HttpAnswer.empty(404)).send(http);
    } else {
      HttpAnswer.empty(documents.at(path).isPresent() ? 405 : 404).send(http);
    }
  }
}
