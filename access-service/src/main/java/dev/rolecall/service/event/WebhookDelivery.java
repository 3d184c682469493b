package dev.rolecall.service.event;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.internal.metrics.Instruments;
import dev.rolecall.access.internal.metrics.SteadyCounter;
import dev.rolecall.access.internal.metrics.SupervisedTask;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.identity.internal.Batches;
import dev.rolecall.service.request.AccessEvent;
import dev.rolecall.service.store.AccessStore;
import dev.rolecall.service.store.Outbox;
import dev.rolecall.service.store.Outcome;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Posts events to a webhook, one at a time, oldest first. Each is posted until the receiver accepts
 * it, or for a day. It blocks no thread, and holds 20 events at most.
 *
 * <p>A receiver that is away is left alone for a pause, which grows from a second to a minute. One
 * that refuses a single event with a 4xx status gets the events after it; that event comes again
 * later.
 */
final class WebhookDelivery implements AutoCloseable {

  private static final int BATCH = 20;
  private static final Duration LEASE = Duration.ofMinutes(5);
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(10);
  private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  private static final AttributeKey<String> RESULT = AttributeKey.stringKey("result");
  private static final System.Logger LOG = System.getLogger("rolecall.access.webhook");

  private final Webhook webhook;
  private final AccessRuntime runtime;
  private final Outbox outbox;
  private final String epoch;
  private final HttpClient client;
  private final SteadyCounter deliveries;
  private final Batches batches;
  private volatile Pause pause;

  WebhookDelivery(Webhook webhook, AccessStore store, String epoch, AccessRuntime runtime) {
    this.webhook = requireNonNull(webhook, "webhook");
    this.runtime = requireNonNull(runtime, "runtime");
    this.outbox = store.outbox();
    this.epoch = requireNonNull(epoch, "epoch");
    Executor threads = runtime.newWaiters("rolecall-webhook-");
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .executor(threads)
            .build();
    this.deliveries =
        new Instruments(runtime.telemetry())
            .counter(
                "rolecall.access.webhook.deliveries",
                "Posts to the webhook, by result: accepted, refused (4xx), or failed and tried"
                    + " again.");
    deliveries.add(0, Attributes.of(RESULT, "failed"));
    this.pause = new Pause(runtime.ticker().getAsLong(), Duration.ZERO);
    this.batches =
        new Batches(runtime.supervisor(), SupervisedTask.ACCESS_WEBHOOK.label(), this::batch);
  }

  /** Begins to post what waits, unless a pause runs. */
  void wake() {
    batches.wake();
  }

  private CompletionStage<Boolean> batch() {
    return pause.isOver(runtime.ticker().getAsLong())
        ? outbox.take(BATCH, LEASE).thenCompose(this::postAll)
        : CompletableFuture.completedFuture(false);
  }

  /** Whether there may be more to do at once. */
  private CompletionStage<Boolean> postAll(Outcome<List<AccessEvent>> taken) {
    List<AccessEvent> events =
        taken.fold(value -> value, refusal -> List.of(), outage -> List.<AccessEvent>of());
    return postInOrder(events).thenApply(on -> on && events.size() == BATCH);
  }

  /** Whether it got to the end: the first event that fails stops it. */
  private CompletionStage<Boolean> postInOrder(List<AccessEvent> events) {
    if (events.isEmpty()) {
      return CompletableFuture.completedFuture(true);
    }
    if (batches.isClosed()) {
      return giveBack(events);
    }
    return post(events.get(0))
        .thenCompose(on -> on ? postInOrder(events.subList(1, events.size())) : giveBack(events));
  }

  /** After the pause, or on another node, they come again, in their place. */
  private CompletionStage<Boolean> giveBack(List<AccessEvent> events) {
    return outbox
        .giveBack(events.stream().map(AccessEvent::revision).toList())
        .thenApply(given -> false);
  }

  /** Whether the next event may be posted now. */
  private CompletionStage<Boolean> post(AccessEvent event) {
    return client
        .sendAsync(request(event), BodyHandlers.discarding())
        .<CompletionStage<Boolean>>handle((response, failure) -> answered(event, response, failure))
        .thenCompose(stage -> stage);
  }

  private HttpRequest request(AccessEvent event) {
    String body = EventMessage.of(event, webhook.isTextAlone());
    String timestamp = Long.toString(runtime.clock().instant().getEpochSecond());
    return HttpRequest.newBuilder(webhook.address())
        .timeout(ANSWER)
        .header("content-type", "application/json")
        .header("user-agent", "rolecall-access")
        .header("rolecall-event", epoch + ":" + event.revision())
        .header("rolecall-timestamp", timestamp)
        .header("rolecall-signature", "v1=" + webhook.secret().sign(timestamp + "." + body))
        .POST(BodyPublishers.ofString(body))
        .build();
  }

  private CompletionStage<Boolean> answered(
      AccessEvent event, HttpResponse<Void> response, Throwable failure) {
    if (failure == null && response.statusCode() / 100 == 2) {
      count("accepted");
      pause = new Pause(runtime.ticker().getAsLong(), Duration.ZERO);
      return outbox.delivered(event.revision()).thenApply(marked -> true);
    }
    if (failure == null && isRefusal(response.statusCode())) {
      count("refused");
      LOG.log(
          System.Logger.Level.WARNING,
          "the webhook refuses the event {0} with status {1}; it is posted again later",
          Long.toString(event.revision()),
          response.statusCode());
      return CompletableFuture.completedFuture(true);
    }
    count("failed");
    pause = pause.next(runtime.ticker().getAsLong(), SHORTEST_PAUSE, LONGEST_PAUSE);
    LOG.log(
        System.Logger.Level.WARNING,
        "the webhook cannot be reached or has an error; events wait, next try in {0}",
        pause.length());
    return CompletableFuture.completedFuture(false);
  }

  private static boolean isRefusal(int status) {
    return status / 100 == 4 && status != 408 && status != 429;
  }

  private void count(String result) {
    deliveries.add(1, Attributes.of(RESULT, result));
  }

  @Override
  public void close() {
    batches.close();
  }

  /**
   * A time without posts.
   *
   * @param since when it began, by the ticker
   * @param length how long it is
   */
  private record Pause(long since, Duration length) {

    boolean isOver(long now) {
      return now - since >= length.toNanos();
    }

    Pause next(long now, Duration shortest, Duration longest) {
      Duration doubled = length.isZero() ? shortest : length.multipliedBy(2);
      return new Pause(now, doubled.compareTo(longest) > 0 ? longest : doubled);
    }
  }
}
