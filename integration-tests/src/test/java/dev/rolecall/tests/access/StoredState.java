package dev.rolecall.tests.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.service.store.AccessStore;
import dev.rolecall.service.store.EventFilter;
import dev.rolecall.service.store.GrantFilter;
import dev.rolecall.service.store.Outcome;
import dev.rolecall.service.store.Page;
import dev.rolecall.service.store.PageKey;
import dev.rolecall.service.store.RequestFilter;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * All that a small store holds, as text: what a refused call must leave as it was.
 *
 * @param revision the newest revision
 * @param requests the requests with their reviews
 * @param grants the grants
 * @param locks the locks
 * @param events the events
 */
record StoredState(
    long revision,
    List<String> requests,
    List<String> grants,
    List<String> locks,
    List<String> events) {

  private static final PageKey ALL = PageKey.first(PageKey.MOST);

  static StoredState of(AccessStore store) {
    return new StoredState(
        value(store.position()).revision(),
        texts(store.requests(RequestFilter.ALL, ALL)),
        texts(store.grants(GrantFilter.ALL, ALL)),
        texts(store.locks(ALL)),
        texts(store.events(EventFilter.ALL, ALL)));
  }

  private static <T> List<String> texts(CompletionStage<Outcome<Page<T>>> asked) {
    Page<T> page = value(asked);
    assertThat(page.next()).as("a second page").isEmpty();
    return page.items().stream().map(String::valueOf).toList();
  }

  private static <T> T value(CompletionStage<Outcome<T>> asked) {
    return asked
        .toCompletableFuture()
        .join()
        .fold(
            value -> value,
            refusal -> {
              throw new AssertionError(refusal.toString());
            },
            outage -> {
              throw new AssertionError(outage.toString());
            });
  }
}
