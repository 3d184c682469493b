package dev.rolecall.stsemulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.rolecall.stsemulator.sigv4.NamedValue;
import dev.rolecall.stsemulator.sigv4.RawRequest;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Turns HTTP into requests and verdicts into HTTP, and lets faults have their way in between.
 *
 * <p>Unlike STS, what is not HTTP at all is answered by the JDK's server, with a bare 400, and the
 * limits on size are the emulator's own.
 */
final class HttpFront implements HttpHandler {

  private static final Logger LOGGER = System.getLogger(HttpFront.class.getName());
  private static final int LONGEST_TARGET = 64 * 1024;
  private static final int LARGEST_HEADERS = 64 * 1024;
  private static final int LARGEST_BODY = 256 * 1024;

  private final StsService service;
  private final FaultPlan faults;
  private final RequestLog log;
  private final KeyMint mint;
  private final Clock clock;
  private final Workers workers;

  HttpFront(
      StsService service,
      FaultPlan faults,
      RequestLog log,
      KeyMint mint,
      Clock clock,
      Workers workers) {
    this.service = service;
    this.faults = faults;
    this.log = log;
    this.mint = mint;
    this.clock = clock;
    this.workers = workers;
  }

  /** Called on a worker thread; may return before the answer is sent. */
  @Override
  public void handle(HttpExchange exchange) {
    Wire wire = new Wire(exchange, workers);
    try {
      wire.run(() -> answer(exchange, wire));
    } catch (RuntimeException bug) {
      LOGGER.log(Level.ERROR, "a defect of the STS emulator; the connection is closed", bug);
      wire.close();
    }
  }

  private void answer(HttpExchange exchange, Wire wire) throws IOException {
    List<NamedValue> headers = headersOf(exchange);
    AnswerFormat format = AnswerFormat.wantedBy(new RawRequest("", "", "", headers, new byte[0]));
    String requestId = mint.requestId();
    Optional<Fault> fault = faults.take();
    Instant now = clock.instant();
    Instant judgedAt = fault.map(f -> f.judgedAt(now)).orElse(now);
    Verdict verdict;
    try {
      verdict = service.judge(read(exchange, headers), judgedAt, requestId);
    } catch (StsRefusal tooLarge) {
      verdict = StsService.refuse(StsAction.UNKNOWN, tooLarge, format, requestId);
    }
    log.count(verdict, fault);
    Answer truth = verdict.answer();
    Answer answer = fault.map(f -> f.answerInstead(truth, format, requestId)).orElse(truth);
    fault.map(Fault::delivery).orElse(Delivery.WHOLE).send(answer, wire);
  }

  private static List<NamedValue> headersOf(HttpExchange exchange) {
    return exchange.getRequestHeaders().entrySet().stream()
        .flatMap(
            header ->
                header.getValue().stream().map(value -> new NamedValue(header.getKey(), value)))
        .toList();
  }

  private static RawRequest read(HttpExchange exchange, List<NamedValue> headers)
      throws IOException, StsRefusal {
    String path = Optional.ofNullable(exchange.getRequestURI().getRawPath()).orElse("");
    String query = Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
    limit("target", path.length() + query.length(), LONGEST_TARGET);
    limit(
        "headers",
        headers.stream().mapToInt(h -> h.name().length() + h.value().length()).sum(),
        LARGEST_HEADERS);
    try (InputStream in = exchange.getRequestBody()) {
      byte[] body = in.readNBytes(LARGEST_BODY + 1);
      limit("body", body.length, LARGEST_BODY);
      return new RawRequest(exchange.getRequestMethod(), path, query, headers, body);
    }
  }

  private static void limit(String part, int size, int most) throws StsRefusal {
    if (size > most) {
      throw new StsRefusal(
          StsErrorCode.REQUEST_TOO_LARGE,
          "The request's " + part + " is larger than " + most + " bytes.");
    }
  }
}
