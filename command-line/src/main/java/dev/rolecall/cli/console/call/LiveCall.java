package dev.rolecall.cli.console.call;

import com.google.protobuf.Message;
import dev.rolecall.cli.console.answer.Answer;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A call with many answers, written to the page as they come. One answer is asked for at a time, so
 * that a slow page slows the server and fills no memory. Where none comes, an empty object goes to
 * the page every ten seconds: only a write tells that the page has gone.
 */
final class LiveCall<Q extends Message, R extends Message> implements AutoCloseable {

  private static final Duration HEARTBEAT = Duration.ofSeconds(10);
  private static final String NOTHING = "{}";

  /** An answer, or the end. */
  private record News<R>(Optional<R> answer, Optional<StatusRuntimeException> end) {}

  private final ClientCall<Q, R> call;
  private final LinkedBlockingQueue<News<R>> news = new LinkedBlockingQueue<>();

  private LiveCall(ClientCall<Q, R> call) {
    this.call = call;
  }

  static <Q extends Message, R extends Message> LiveCall<Q, R> begin(
      CalledServer.Way way, MethodDescriptor<Q, R> method, Q request) {
    LiveCall<Q, R> live = new LiveCall<>(way.channel().newCall(method, way.options().get()));
    live.start(request);
    return live;
  }

  private void start(Q request) {
    call.start(
        new ClientCall.Listener<>() {
          @Override
          public void onMessage(R message) {
            news.add(new News<>(Optional.of(message), Optional.empty()));
          }

          @Override
          public void onClose(Status status, Metadata trailers) {
            news.add(
                new News<>(
                    Optional.empty(),
                    Optional.of(new StatusRuntimeException(ended(status), trailers))));
          }
        },
        new Metadata());
    call.sendMessage(request);
    call.halfClose();
    call.request(1);
  }

  /** A server ends none of these streams by itself, unless it stops. */
  private static Status ended(Status status) {
    return status.isOk()
        ? Status.UNAVAILABLE.withDescription("the server has ended the stream")
        : status;
  }

  /**
   * Writes answers until the call ends, and then why.
   *
   * @throws IOException if the page has gone away
   */
  void writeTo(Answer.LineSink sink, CallFace face) throws IOException {
    while (true) {
      News<R> next;
      try {
        next = news.poll(HEARTBEAT.toSeconds(), TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        // The console stops.
        Thread.currentThread().interrupt();
        return;
      }
      if (next == null) {
        sink.write(NOTHING);
      } else if (next.answer().isPresent()) {
        sink.write("{\"message\":" + MessageJson.text(next.answer().get()) + "}");
        call.request(1);
      } else {
        StatusRuntimeException end = next.end().orElseThrow();
        sink.write(Answer.json(json -> face.of(end).write(json)));
        return;
      }
    }
  }

  @Override
  public void close() {
    call.cancel("the page has gone away", null);
  }
}
