package dev.rolecall.cli.console.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.rolecall.cli.console.answer.Answer;
import dev.rolecall.cli.console.answer.Failure;
import dev.rolecall.cli.server.HttpAnswer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.Optional;

/** Handles each request: the gate first, then the page's files by GET, then the API by POST. */
final class ConsoleHandler implements HttpHandler {

  /** A policy may be large; nothing else is. */
  private static final int MOST_BYTES = 1 << 20;

  /** Of what anyone may send. */
  private static final int MOST_BYTES_WITHOUT_TOKEN = 1 << 10;

  private static final String JSON = "application/json";
  private static final String TEXT = "text/plain; charset=utf-8";

  private final Gate gate;
  private final PageFiles files;
  private final Api api;

  ConsoleHandler(Gate gate, PageFiles files, Api api) {
    this.gate = gate;
    this.files = files;
    this.api = api;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      PageHeaders.set(exchange.getResponseHeaders());
      Optional<Gate.Refused> refused = gate.refusal(exchange);
      if (refused.isPresent()) {
        refuse(exchange, refused.get().status(), refused.get().words());
        return;
      }
      String path = exchange.getRequestURI().getRawPath();
      if (exchange.getRequestURI().getRawQuery() != null) {
        refuse(exchange, 404, "no such page");
      } else if (api.has(path)) {
        ask(exchange, path);
      } else {
        page(exchange, path);
      }
    }
  }

  private void page(HttpExchange exchange, String path) throws IOException {
    Optional<PageFiles.PageFile> file = files.at(path);
    if (file.isEmpty()) {
      refuse(exchange, 404, "no such page");
    } else if (exchange.getRequestMethod().equals("GET")) {
      HttpAnswer.send(exchange, 200, file.get().type(), packed(exchange, file.get()));
    } else {
      refuse(exchange, 405, "GET only");
    }
  }

  private static byte[] packed(HttpExchange exchange, PageFiles.PageFile file) {
    List<String> accepted = exchange.getRequestHeaders().getOrDefault("Accept-Encoding", List.of());
    if (accepted.stream().noneMatch(value -> value.contains("gzip"))) {
      return file.bytes();
    }
    exchange.getResponseHeaders().set("Content-Encoding", "gzip");
    return file.zipped();
  }

  private void ask(HttpExchange exchange, String path) throws IOException {
    Headers headers = exchange.getRequestHeaders();
    if (!exchange.getRequestMethod().equals("POST")) {
      refuse(exchange, 405, "POST only");
      return;
    }
    if (!JSON.equals(headers.getFirst("Content-Type"))) {
      // What a form of another site can send is none of these.
      refuse(exchange, 415, "Content-Type: " + JSON + " only");
      return;
    }
    Optional<Failure> refused = api.refusal(path, headers);
    if (refused.isPresent()) {
      send(exchange, Answer.of(refused.get()));
      return;
    }
    int most = path.equals(Api.SESSION) ? MOST_BYTES_WITHOUT_TOKEN : MOST_BYTES;
    byte[] body = exchange.getRequestBody().readNBytes(most + 1);
    if (body.length > most) {
      refuse(exchange, 413, "at most " + most + " bytes");
      return;
    }
    Answer answer = answer(path, headers, body);
    if (answer instanceof Answer.Lines lines) {
      stream(exchange, path, lines);
    } else {
      send(exchange, (Answer.Whole) answer);
    }
  }

  private Answer answer(String path, Headers headers, byte[] body) {
    String text;
    try {
      text = UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException e) {
      return Answer.of(Failure.wrong("the request is no UTF-8"));
    }
    return api.answer(path, headers, text);
  }

  private static void stream(HttpExchange exchange, String path, Answer.Lines lines)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/x-ndjson");
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      Answer.LineSink sink =
          json -> {
            out.write((json + "\n").getBytes(UTF_8));
            out.flush();
          };
      try {
        lines.writeTo(sink);
      } catch (RuntimeException | Error e) {
        sink.write(Answer.json(Api.defect(path, e)::write));
      }
    }
  }

  private static void send(HttpExchange exchange, Answer.Whole answer) throws IOException {
    HttpAnswer.send(exchange, answer.status(), JSON, answer.json().getBytes(UTF_8));
  }

  private static void refuse(HttpExchange exchange, int status, String words) throws IOException {
    HttpAnswer.send(exchange, status, TEXT, (words + "\n").getBytes(UTF_8));
  }
}
