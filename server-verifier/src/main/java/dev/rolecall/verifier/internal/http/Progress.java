package dev.rolecall.verifier.internal.http;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.function.LongSupplier;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** The progress of one request: whether it is sent, and not answered. */
final class Progress extends EventListener {

  private final LongSupplier ticker;
  private volatile @Nullable Long sentAt;

  Progress(LongSupplier ticker) {
    this.ticker = requireNonNull(ticker, "ticker");
  }

  /** The one that the request was tagged with. */
  static EventListener of(Call call) {
    Progress tagged = call.request().tag(Progress.class);
    return tagged != null ? tagged : EventListener.NONE;
  }

  @Override
  public void requestHeadersEnd(Call call, Request request) {
    sentAt = ticker.getAsLong();
  }

  @Override
  public void responseHeadersEnd(Call call, Response response) {
    sentAt = null;
  }

  /** Whether it was sent so long ago, and nothing has come back. */
  boolean isSilentFor(Duration time) {
    Long sent = sentAt;
    return sent != null && ticker.getAsLong() - sent >= time.toNanos();
  }
}
