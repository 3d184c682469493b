package dev.rolecall.tests.docs;

import static java.util.stream.Collectors.joining;

import dev.rolecall.tests.checkout.Checkout;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The properties of the Spring starter, as IDEs show them: from the metadata in its jar. The
 * metadata has no properties below a list or a map; those are from their record's source.
 */
final class SpringProperties {

  /**
   * One property.
   *
   * @param name its whole name
   * @param fallback its default, or "required"; empty if there is neither
   * @param description its first sentence, without the full stop
   */
  record Property(String name, String fallback, String description) {

    static Property of(String name, String fallback, String description) {
      return new Property(
          name,
          fallback.isEmpty() ? said(description) : fallback,
          description.replaceFirst("(?s)\\.(\\s.*)?$", "").split("\\. ", 2)[0]);
    }

    private static String said(String description) {
      Matcher stated = STATED.matcher(description);
      return description.contains("Required") ? "required" : stated.find() ? stated.group(1) : "";
    }
  }

  private static final String METADATA = "META-INF/spring-configuration-metadata.json";
  private static final String SOURCES = "spring-boot-starter/src/main/java/dev/rolecall/spring/";
  private static final Pattern STATED = Pattern.compile("Default: ((?:[^.;]|\\.(?=\\w))+)");
  private static final Pattern PARAMETER =
      Pattern.compile("@param (\\w+) (.*?)(?=\\s*(?:@param|$))", Pattern.DOTALL);

  private SpringProperties() {}

  /** Those of the metadata below that name, and not below another of the names. */
  static List<Property> ofMetadata(String owner, List<String> owners) {
    return ofMetadata().stream()
        .filter(each -> isBelow(each.name(), owner))
        .filter(
            each ->
                owners.stream()
                    .noneMatch(other -> isBelow(other, owner) && isBelow(each.name(), other)))
        .toList();
  }

  private static boolean isBelow(String name, String owner) {
    return name.startsWith(owner + ".");
  }

  /** All of the metadata. */
  static List<Property> ofMetadata() {
    List<Property> all = new ArrayList<>();
    try {
      for (URL file :
          Collections.list(SpringProperties.class.getClassLoader().getResources(METADATA))) {
        try (InputStream in = file.openStream()) {
          for (JsonNode each : JsonMapper.shared().readTree(in).get("properties")) {
            all.add(
                Property.of(
                    each.get("name").asString(),
                    each.path("defaultValue").asString(""),
                    each.path("description").asString("")));
          }
        }
      }
    } catch (IOException e) {
      throw new AssertionError("the Spring starter is not on the class path", e);
    }
    all.removeIf(each -> !each.name().startsWith("rolecall."));
    all.sort(Comparator.comparing(Property::name));
    return all;
  }

  /** Those of a record's components, by its source. */
  static List<Property> ofSource(String owner, String file, String record) {
    String source = Checkout.text(SOURCES + file + ".java");
    int end = source.indexOf("record " + record + "(");
    String above = source.substring(0, end);
    String comment = above.substring(above.lastIndexOf("/**")).replaceAll("\\n\\s*\\*/?\\s*", " ");
    String components = source.substring(end, source.indexOf('{', end));
    return PARAMETER
        .matcher(comment)
        .results()
        .map(
            found ->
                Property.of(
                    owner + "." + dashed(found.group(1)),
                    defaultIn(components, found.group(1)),
                    found.group(2).strip()))
        .sorted(Comparator.comparing(Property::name))
        .toList();
  }

  private static String dashed(String component) {
    return component.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  private static String defaultIn(String components, String name) {
    Matcher stated =
        Pattern.compile("@DefaultValue\\(\"([^\"]*)\"\\) \\w+ " + name + "\\b").matcher(components);
    return stated.find() ? stated.group(1) : "";
  }

  /** A table of properties, whose names are below the owner's. */
  static String table(String owner, List<Property> properties) {
    return Stream.concat(
            Stream.of("| property | default | meaning |", "|---|---|---|"),
            properties.stream()
                .map(
                    each ->
                        "| `"
                            + each.name().substring(owner.length() + 1)
                            + "` | "
                            + each.fallback()
                            + " | "
                            + each.description()
                            + " |"))
        .map(line -> line.replace("|  |", "| |"))
        .collect(joining("\n"));
  }
}
