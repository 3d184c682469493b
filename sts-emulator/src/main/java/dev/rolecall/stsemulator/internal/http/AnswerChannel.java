package dev.rolecall.stsemulator.internal.http;

import com.sun.net.httpserver.HttpExchange;
import dev.rolecall.stsemulator.internal.Workers;
import dev.rolecall.stsemulator.internal.answer.Answer;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;

/** The way back to one client. Used by one thread at a time. */
final class AnswerChannel {

  private static final Logger LOGGER = System.getLogger(AnswerChannel.class.getName());

  /** A step of a delivery that may find the client gone. */
  @FunctionalInterface
  interface Step {
    void run() throws IOException;
  }

  /** The answer to one request. */
  @FunctionalInterface
  interface Reply {
    void on(AnswerChannel channel) throws IOException;
  }

  private final HttpExchange exchange;
  private final Workers workers;

  private AnswerChannel(HttpExchange exchange, Workers workers) {
    this.exchange = exchange;
    this.workers = workers;
  }

  /** Replies to a request; may return before the answer is sent. A defect ends the exchange. */
  static void answer(HttpExchange exchange, Workers workers, Reply reply) {
    AnswerChannel channel = new AnswerChannel(exchange, workers);
    try {
      channel.run(() -> reply.on(channel));
    } catch (RuntimeException bug) {
      LOGGER.log(Level.ERROR, "a defect of the STS emulator; the connection is closed", bug);
      channel.close();
    }
  }

  /** Sends status and headers, and announces the length of the whole body. */
  OutputStream open(Answer answer) throws IOException {
    int length = answer.body().length;
    return open(answer, length == 0 ? -1 : length);
  }

  /** Sends status and headers, and announces chunks. */
  OutputStream openWithoutEnd(Answer answer) throws IOException {
    return open(answer, 0);
  }

  private OutputStream open(Answer answer, long length) throws IOException {
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    exchange.sendResponseHeaders(answer.status(), length);
    return exchange.getResponseBody();
  }

  /** Ends the exchange; a connection with an unfinished answer on it is closed. */
  void close() {
    exchange.close();
  }

  /** Runs a step after that time, on a worker thread. */
  void later(Duration delay, Step step) {
    workers.later(delay, () -> run(step));
  }

  /** Runs a step now. A client that has gone ends the exchange, which is no defect. */
  void run(Step step) {
    try {
      step.run();
    } catch (IOException gone) {
      LOGGER.log(Level.DEBUG, "the client went away before its answer was sent", gone);
      close();
    }
  }
}
