package dev.rolecall.service.store;

import static dev.rolecall.service.store.Asks.HOUR;
import static dev.rolecall.service.store.Asks.approval;
import static dev.rolecall.service.store.Asks.done;
import static dev.rolecall.service.store.Asks.person;

import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.service.request.AccessEvent;
import dev.rolecall.service.request.AccessGrant;
import dev.rolecall.service.request.AccessRequest;
import dev.rolecall.service.request.EventKind;
import dev.rolecall.service.request.FreeText;
import dev.rolecall.service.request.Subject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** The store that the tests of a contract share, and what they do with it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AccessStoreContract {

  static final Subject ANN = person("ann", "Lead", "AROALEAD000000001");
  static final Subject BOB = person("bob", "Lead", "AROALEAD000000001");
  static final Optional<FreeText> WHY = Optional.of(FreeText.of("because"));
  static final Duration SHORT = Duration.ofMillis(150);

  final AccessRuntime runtime = AccessRuntime.ofDefaults();
  AccessStore store;

  abstract StoreSource source();

  @BeforeAll
  void open() {
    store = source().open(runtime);
  }

  @AfterAll
  void close() {
    if (store != null) {
      store.close();
    }
    runtime.close();
  }

  AccessRequest placed(Asks asks) {
    return done(store.place(asks.request(HOUR)));
  }

  AccessRequest approve(AccessRequest request, Subject reviewer) {
    return done(store.review(approval(request.id(), reviewer), review -> true));
  }

  AccessGrant granted(Asks asks) {
    return grantOf(approve(placed(asks), ANN));
  }

  AccessGrant grantOf(AccessRequest request) {
    return done(store.grant(request.standing().grantId().orElseThrow()));
  }

  List<EventKind> eventKinds(String ref) {
    return events(ref).stream().map(event -> event.kind().orElseThrow()).toList();
  }

  List<AccessEvent> events(String ref) {
    return done(store.events(
            new EventFilter(0, Optional.of(ref), Optional.empty()), PageKey.first(100)))
        .items();
  }
}
