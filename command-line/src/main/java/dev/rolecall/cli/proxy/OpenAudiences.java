package dev.rolecall.cli.proxy;

import static java.util.Objects.requireNonNull;

import dev.rolecall.cli.config.Section;
import dev.rolecall.identity.Audience;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * The audiences that a proxy has open. One that a changed configuration leaves as it was is taken
 * over, so that its callers notice nothing.
 *
 * @param <T> the door of an audience
 */
public final class OpenAudiences<T> {

  private record Open<T>(String content, GuardedAudience<T> opened) {}

  private final Map<Audience, Open<T>> open = new LinkedHashMap<>();

  private OpenAudiences() {}

  /**
   * Opens those of the sections.
   *
   * @param before what is open so far
   * @param opening opens one
   * @throws dev.rolecall.cli.failure.CommandFailure if something does not do; what was opened new
   *     is closed then
   */
  public static <O, T> OpenAudiences<T> open(
      Map<Audience, Section<O>> sections,
      Optional<OpenAudiences<T>> before,
      BiFunction<Audience, O, GuardedAudience<T>> opening) {
    OpenAudiences<T> made = new OpenAudiences<>();
    try {
      sections.forEach((name, section) -> made.add(name, section, before, opening));
      return made;
    } catch (RuntimeException | Error e) {
      Closing.all(made.closesBut(before));
      throw e;
    }
  }

  private <O> void add(
      Audience name,
      Section<O> section,
      Optional<OpenAudiences<T>> before,
      BiFunction<Audience, O, GuardedAudience<T>> opening) {
    Open<T> kept = before.map(others -> others.open.get(name)).orElse(null);
    open.put(
        name,
        kept != null && kept.content().equals(section.content())
            ? kept
            : new Open<>(
                section.content(), section.making(() -> opening.apply(name, section.options()))));
  }

  /** The door of that audience, which is open. */
  public T door(Audience name) {
    return requireNonNull(open.get(name), "audience").opened().door();
  }

  /** Lines for the person who starts the proxy. */
  public Stream<String> notes() {
    return open.values().stream().flatMap(each -> each.opened().notes().stream()).distinct();
  }

  /** What closes those that are not among the others. */
  public List<Runnable> closesBut(Optional<OpenAudiences<T>> others) {
    return open.entrySet().stream()
        .filter(
            each ->
                others
                    .map(kept -> kept.open.get(each.getKey()))
                    .filter(kept -> Objects.equals(kept, each.getValue()))
                    .isEmpty())
        .<Runnable>map(each -> each.getValue().opened()::close)
        .toList();
  }
}
