package dev.rolecall.stsemulator.internal.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.rolecall.stsemulator.internal.Workers;
import dev.rolecall.stsemulator.internal.answer.Answer;
import dev.rolecall.stsemulator.internal.answer.AnswerFormat;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;

/** Answers requests for the documents of issuers, and applies the planned faults. */
public final class IssuerHttpHandler implements HttpHandler {

  private static final String JSON = "application/json";

  private final Function<String, IssuerDocument> documents;
  private final FaultPlan faults;
  private final IssuerLog log;
  private final Workers workers;

  /**
   * A handler.
   *
   * @param documents the document at a path
   */
  public IssuerHttpHandler(
      Function<String, IssuerDocument> documents,
      FaultPlan faults,
      IssuerLog log,
      Workers workers) {
    this.documents = documents;
    this.faults = faults;
    this.log = log;
    this.workers = workers;
  }

  /** Called on a worker thread; may return before the answer is sent. */
  @Override
  public void handle(HttpExchange exchange) {
    AnswerChannel.answer(exchange, workers, channel -> answer(exchange, channel));
  }

  private void answer(HttpExchange exchange, AnswerChannel channel) throws IOException {
    boolean isGet = exchange.getRequestMethod().equals("GET");
    IssuerDocument document =
        isGet ? documents.apply(exchange.getRequestURI().getRawPath()) : IssuerDocument.absent();
    log.count(document.kind());
    Answer truth =
        document
            .json()
            .map(json -> new Answer(200, JSON, json.getBytes(UTF_8)))
            .orElseGet(() -> new Answer(isGet ? 404 : 405, JSON, new byte[0]));
    Optional<AnswerFault> fault = faults.take();
    Answer answer = fault.map(f -> f.answerInstead(truth, AnswerFormat.JSON, "")).orElse(truth);
    fault.map(AnswerFault::delivery).orElse(Delivery.WHOLE).send(answer, channel);
  }
}
