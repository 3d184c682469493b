package dev.rolecall.service.store.internal.list;

import dev.rolecall.service.request.AccessEvent;
import dev.rolecall.service.store.EventSearch;
import dev.rolecall.service.store.internal.row.JsonText;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jdbi.v3.core.statement.Query;

/**
 * The part of a search that looks into the texts of an event. It decides by the values of fields,
 * not in SQL: the databases differ in what they take for one letter in another case, and in how
 * they read JSON. {@link #sql} only spares the database to hand over rows that cannot match.
 */
record EventMatch(Optional<String> who, Optional<String> text) implements Predicate<AccessEvent> {

  private static final Set<String> PARTIES =
      Set.of("requester", "beneficiary", "holder", "target", "role");
  private static final Set<String> REASONS = Set.of("reason", "request_reason", "ticket");

  private static final Pattern WILDCARD = Pattern.compile("[%_!]");

  static EventMatch of(EventSearch search) {
    return new EventMatch(
        search.who().map(EventMatch::folded), search.text().map(EventMatch::folded));
  }

  boolean isAny() {
    return who.isEmpty() && text.isEmpty();
  }

  /**
   * Conditions that every match meets, and few others. They look at the JSON as it is kept, which
   * is ASCII. Letters beyond that stand there as the codes of one case, so a part that has some is
   * left to {@link #test}.
   */
  String sql() {
    return (pattern(who).isEmpty()
            ? ""
            : " and (" + like("actor", "who") + " or " + like("body", "who") + ")")
        + (pattern(text).isEmpty() ? "" : " and " + like("body", "text"));
  }

  private static String like(String column, String name) {
    return "lower(" + column + " <ascii>) like :" + name + " escape '!'";
  }

  void bind(Query query) {
    pattern(who).ifPresent(pattern -> query.bind("who", pattern));
    pattern(text).ifPresent(pattern -> query.bind("text", pattern));
  }

  private static Optional<String> pattern(Optional<String> part) {
    return part.filter(text -> text.chars().allMatch(c -> c < 0x80))
        .map(
            text -> "%" + WILDCARD.matcher(folded(JsonText.escaped(text))).replaceAll("!$0") + "%");
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
