package dev.rolecall.cli.proxy;

import dev.rolecall.cli.config.ConfigSection;
import dev.rolecall.cli.config.Section;
import dev.rolecall.identity.Audience;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads sections that are named after audiences. */
public final class AudienceNames {

  private AudienceNames() {}

  /**
   * The sections under that key, each by its audience; what is wrong is reported.
   *
   * @param options makes the options of one
   */
  public static <O> Map<Audience, Section<O>> sections(
      ConfigSection root, String key, Supplier<O> options) {
    Map<Audience, Section<O>> sections = new LinkedHashMap<>();
    root.namedSections(key)
        .forEach(
            (name, section) ->
                audience(section, name)
                    .ifPresent(
                        audience ->
                            sections.put(
                                audience, Section.of(section, section.options(options.get())))));
    return sections;
  }

  private static Optional<Audience> audience(ConfigSection section, String name) {
    try {
      return Optional.of(Audience.of(name));
    } catch (IllegalArgumentException e) {
      section.problem(String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }
}
