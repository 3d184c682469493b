package dev.rolecall.service.store.internal.list;

import dev.rolecall.service.request.AccessEvent;
import dev.rolecall.service.store.EventSearch;
import dev.rolecall.service.store.internal.row.JsonText;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The part of a search that looks into the texts of an event. It is not SQL: the databases differ
 * in what they take for one letter in another case, and in how they read JSON.
 */
record EventMatch(Optional<String> who, Optional<String> text) implements Predicate<AccessEvent> {

  private static final Set<String> PARTIES =
      Set.of("requester", "beneficiary", "holder", "target", "role");
  private static final Set<String> REASONS = Set.of("reason", "request_reason", "ticket");

  static EventMatch of(EventSearch search) {
    return new EventMatch(
        search.who().map(EventMatch::folded), search.text().map(EventMatch::folded));
  }

  boolean isAny() {
    return who.isEmpty() && text.isEmpty();
  }

  @Override
  public boolean test(AccessEvent event) {
    return (who.isEmpty() || isBy(event, who.get()) || hasPart(event, PARTIES, who.get()))
        && (text.isEmpty() || hasPart(event, REASONS, text.get()));
  }

  private static boolean isBy(AccessEvent event, String part) {
    return event
        .actor()
        .filter(
            actor ->
                folded(actor.principal()).contains(part)
                    || actor.person().filter(person -> folded(person).contains(part)).isPresent())
        .isPresent();
  }

  private static boolean hasPart(AccessEvent event, Set<String> fields, String part) {
    return JsonText.hasText(event.body(), fields, value -> folded(value).contains(part));
  }

  private static String folded(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
