package dev.rolecall.stsemulator.internal.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.rolecall.stsemulator.internal.Workers;
import dev.rolecall.stsemulator.internal.answer.Answer;
import dev.rolecall.stsemulator.internal.answer.AnswerFormat;
import dev.rolecall.stsemulator.internal.answer.StsRefusal;
import dev.rolecall.stsemulator.internal.answer.Verdict;
import dev.rolecall.stsemulator.internal.sigv4.NamedValue;
import dev.rolecall.stsemulator.internal.sigv4.RawRequest;
import dev.rolecall.stsemulator.protocol.StsAction;
import dev.rolecall.stsemulator.protocol.StsErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Turns HTTP into requests and verdicts into HTTP, and applies the planned faults in between.
 *
 * <p>Unlike STS, bytes that are not HTTP get a bare 400 from the JDK's server. The limits on size
 * are not those of STS either.
 */
public final class StsHttpHandler implements HttpHandler {

  private static final int LONGEST_TARGET = 64 * 1024;
  private static final int LARGEST_HEADERS = 64 * 1024;
  private static final int LARGEST_BODY = 256 * 1024;

  private final RequestJudge service;
  private final FaultPlan faults;
  private final RequestLog log;
  private final Supplier<String> requestIds;
  private final Clock clock;
  private final Workers workers;

  /**
   * A handler.
   *
   * @param requestIds a source of ids, one for each answer
   * @param clock the clock by which requests are judged
   */
  public StsHttpHandler(
      RequestJudge service,
      FaultPlan faults,
      RequestLog log,
      Supplier<String> requestIds,
      Clock clock,
      Workers workers) {
    this.service = service;
    this.faults = faults;
    this.log = log;
    this.requestIds = requestIds;
    this.clock = clock;
    this.workers = workers;
  }

  /** Called on a worker thread; may return before the answer is sent. */
  @Override
  public void handle(HttpExchange exchange) {
    AnswerChannel.answer(exchange, workers, channel -> answer(exchange, channel));
  }

  private void answer(HttpExchange exchange, AnswerChannel channel) throws IOException {
    List<NamedValue> headers = headersOf(exchange);
    AnswerFormat format = AnswerFormat.wantedBy(new RawRequest("", "", "", headers, new byte[0]));
    String requestId = requestIds.get();
    Optional<AnswerFault> fault = faults.take();
    Instant now = clock.instant();
    Instant judgedAt = fault.map(f -> f.judgedAt(now)).orElse(now);
    Verdict verdict;
    try {
      verdict = service.judge(read(exchange, headers), judgedAt, requestId);
    } catch (StsRefusal tooLarge) {
      verdict = Verdict.refused(StsAction.UNKNOWN, tooLarge, format, requestId);
    }
    log.count(verdict, fault);
    Answer truth = verdict.answer();
    Answer answer = fault.map(f -> f.answerInstead(truth, format, requestId)).orElse(truth);
    fault.map(AnswerFault::delivery).orElse(Delivery.WHOLE).send(answer, channel);
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
