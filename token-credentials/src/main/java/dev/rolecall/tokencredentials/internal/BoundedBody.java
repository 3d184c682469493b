package dev.rolecall.tokencredentials.internal;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** A body that is read up to a bound; beyond it the connection is given up. */
final class BoundedBody implements BodySubscriber<byte[]> {

  private final int bound;
  private final CompletableFuture<byte[]> whole = new CompletableFuture<>();

  // Touched by one thread at a time, as Flow has it.
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private Flow.@Nullable Subscription subscription;

  /**
   * A body of at most that many bytes.
   *
   * @param bound the most bytes
   */
  BoundedBody(int bound) {
    this.bound = bound;
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return whole;
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
    given.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> parts) {
    for (ByteBuffer part : parts) {
      if (whole.isDone()) {
        return;
      }
      if (bytes.size() + part.remaining() > bound) {
        whole.completeExceptionally(new AnswerTooLongException(bound));
        requireNonNull(subscription).cancel();
        return;
      }
      byte[] copied = new byte[part.remaining()];
      part.get(copied);
      bytes.write(copied, 0, copied.length);
    }
  }

  @Override
  public void onError(Throwable thrown) {
    whole.completeExceptionally(thrown);
  }

  @Override
  public void onComplete() {
    whole.complete(bytes.toByteArray());
  }
}
