package dev.rolecall.tests.access;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import dev.rolecall.tests.fixture.SeenRefusal;
import dev.rolecall.testsupport.Echo;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The client's side of one {@link Echo#CHAT}, with the end of access that the server states. */
final class ChatStream implements StreamObserver<String> {

  private static final long PATIENCE = 60;
  private static final Metadata.Key<String> EXPIRES =
      Metadata.Key.of("rolecall-access-expires-at", Metadata.ASCII_STRING_MARSHALLER);

  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
  private final CompletableFuture<SeenRefusal> end = new CompletableFuture<>();
  private final AtomicReference<@Nullable Metadata> headers = new AtomicReference<>();
  private @Nullable StreamObserver<String> out;

  private ChatStream() {}

  static ChatStream open(Channel channel, CallOptions options) {
    ChatStream stream = new ChatStream();
    stream.out =
        ClientCalls.asyncBidiStreamingCall(
            ClientInterceptors.intercept(
                    channel,
                    MetadataUtils.newCaptureMetadataInterceptor(
                        stream.headers, new AtomicReference<>()))
                .newCall(Echo.CHAT, options),
            stream);
    return stream;
  }

  /** Whether the server answers a message; false once it has ended the stream. */
  boolean answers(String message) throws InterruptedException {
    Objects.requireNonNull(out).onNext(message);
    while (!end.isDone()) {
      String answer = answers.poll(20, MILLISECONDS);
      if (answer != null) {
        return answer.endsWith(message);
      }
    }
    return false;
  }

  /** The end of access, as the response headers state it. */
  Instant statedEnd() {
    return Instant.parse(Objects.requireNonNull(headers.get()).get(EXPIRES));
  }

  /** Waits for the reason that the server ended the stream for. */
  SeenRefusal awaitEnd() throws Exception {
    return end.get(PATIENCE, SECONDS);
  }

  /** Ends the stream as a client that is done, and waits until it is over. */
  void finish() throws Exception {
    Objects.requireNonNull(out).onCompleted();
    end.get(PATIENCE, SECONDS);
  }

  @Override
  public void onNext(String answer) {
    answers.add(answer);
  }

  @Override
  public void onError(Throwable ended) {
    end.complete(SeenRefusal.of(ended));
  }

  @Override
  public void onCompleted() {
    onError(Status.OK.asRuntimeException());
  }
}
